// Passkeys: fetches a challenge, asks the browser, sends its answer as a plain form.

const able = () => typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential && 'toJSON' in PublicKeyCredential.prototype;
const RENEW = 4 * 60_000; // a challenge lives five minutes

async function challenge(form, url) {
  const token = form.querySelector('input[name=__RequestVerificationToken]').value;
  const reply = await fetch(url, { method: 'POST', headers: { 'X-CSRF': token } });
  if (!reply.ok) throw new Error(reply.status === 403 || reply.status === 401 ? 'Sign in again first, then try once more.' : 'The server did not answer. Reload the page and try again.');
  return await reply.json();
}

function reason(error) {
  if (error.name === 'NotAllowedError') return 'Nothing was chosen, or it took too long. Try again.';
  if (error.name === 'InvalidStateError') return 'This device has a passkey for your account already.';
  if (error.name === 'SecurityError') return 'The address of this page does not allow passkeys.';
  return error.message || 'That did not work. Try again.';
}

customElements.define('passkey-sign-in', class extends HTMLElement {
  #form; #stop; #timer;

  async connectedCallback() {
    this.#form = this.querySelector('form');
    if (!able()) return;
    this.#form.hidden = false;
    this.#form.querySelector('button').addEventListener('click', () => this.#ask());
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) this.#ask('conditional');
  }

  disconnectedCallback() { clearTimeout(this.#timer); this.#stop?.abort(); }

  async #ask(mediation) {
    clearTimeout(this.#timer);
    this.#stop?.abort();
    const { signal } = this.#stop = new AbortController();
    try {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await challenge(this.#form, '/api/passkeys/request'));
      if (signal.aborted) return;
      if (mediation) this.#timer = setTimeout(() => this.#ask(mediation), RENEW);
      const credential = await navigator.credentials.get({ publicKey, mediation, signal });
      if (!credential) return;
      this.#form.querySelector('[name="Passkey.Credential"]').value = JSON.stringify(credential);
      this.#form.requestSubmit();
    } catch (error) {
      // An offer in the e-mail field that nobody took up is no failure.
      if (!mediation && !signal.aborted) this.#form.querySelector('[data-said]').textContent = reason(error);
    }
  }
});

customElements.define('passkey-add', class extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    if (!able()) return;
    form.hidden = false;
    this.querySelector('[data-without]').hidden = true;
    const answer = form.querySelector('[name="NewPasskey.Credential"]');
    form.addEventListener('submit', async event => {
      if (answer.value) return;
      event.preventDefault();
      try {
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await challenge(form, '/api/passkeys/creation'));
        answer.value = JSON.stringify(await navigator.credentials.create({ publicKey }));
        form.requestSubmit();
      } catch (error) { form.querySelector('[data-said]').textContent = reason(error); }
    });
  }
});
