// Covers a page that nobody is at. The text stays in it, out of sight, until the same person has signed in again.

const IDLE = 25 * 60_000, LOOK = 5_000, ACTIVE = 'ipt-active', WAYS = ['pointerdown', 'keydown', 'input', 'wheel', 'touchstart'];

customElements.define('idle-lock', class extends HTMLElement {
  #me; #channel; #timer; #noted = 0; #cover = null; #title = ''; #stop;

  connectedCallback() {
    this.#me = { person: this.dataset.person, network: this.dataset.network, session: this.dataset.session };
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (const way of WAYS) addEventListener(way, () => this.#note(), { capture: true, passive: true, signal });
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    addEventListener('focus', () => this.#look(), { signal });
    this.#channel = new BroadcastChannel('ipt-sign-in');
    this.#channel.onmessage = event => event.data.locked === this.#me.session ? this.#lock(false) : this.#told(event.data);
    this.#channel.postMessage(this.#me);
    this.#note(true);
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  disconnectedCallback() { clearInterval(this.#timer); this.#stop.abort(); this.#channel.close(); }

  // Work in one tab keeps the others open as well.
  #note(now = false) {
    if (this.#cover || (!now && Date.now() - this.#noted < LOOK)) return;
    // Input that comes late, as when the lid was closed, is nobody's yet.
    if (!now && Date.now() - this.#last() >= IDLE) { this.#look(); return; }
    this.#noted = Date.now();
    try { localStorage.setItem(ACTIVE, String(this.#noted)); } catch { /* Then each tab counts for itself. */ }
  }

  #last() {
    try { return Math.max(this.#noted, Number(localStorage.getItem(ACTIVE)) || 0); } catch { return this.#noted; }
  }

  #look() {
    if (!this.#cover && Date.now() - this.#last() >= IDLE) this.#lock(true);
    else if (this.#cover && document.visibilityState === 'visible') this.#ask();
  }

  #lock(first) {
    if (this.#cover) return;
    this.#title = document.title;
    document.title = 'Locked – IptCloud';
    const cover = document.createElement('section');
    cover.className = 'lock';
    cover.tabIndex = -1;
    cover.setAttribute('role', 'dialog');
    cover.setAttribute('aria-modal', 'true');
    cover.setAttribute('aria-labelledby', 'lock-title');
    cover.innerHTML = `<div class="card narrow"><h1 id="lock-title">This page is locked</h1>
      <p>Nobody was here for a while. What you typed is still here. Sign in again in a new tab and this page opens by itself.</p>
      <p role="status" data-said></p><p><a class="btn" href="/sign-in" target="_blank">Sign in in a new tab</a></p></div>`;
    for (const part of document.body.children) part.inert = true;
    document.body.append(cover);
    document.documentElement.classList.add('is-locked');
    this.#cover = cover;
    cover.focus();
    if (first) this.#end();
  }

  // Else opening another tab would be enough to see everything.
  async #end() {
    this.#channel.postMessage({ locked: this.#me.session });
    const token = document.querySelector('input[name=__RequestVerificationToken]')?.value ?? '';
    try { await fetch('/api/lock', { method: 'POST', body: new URLSearchParams({ session: this.#me.session }), headers: { 'X-CSRF': token }, keepalive: true }); }
    catch { /* Without a connection the sign-in ends by its own time. */ }
  }

  async #ask() {
    try {
      const reply = await fetch('/api/session');
      if (reply.ok) this.#told(await reply.json());
    } catch { /* The next look asks again. */ }
  }

  #told({ person, network, session }) {
    if (!this.#cover || !session || session === this.#me.session) return;
    const said = this.#cover.querySelector('[data-said]');
    if (person !== this.#me.person && network === this.#me.network) said.textContent = 'Somebody else has signed in. This page stays locked for whoever opened it.';
    else if (network !== this.#me.network) said.textContent = 'The new sign-in is for another network. Change to the one that this page belongs to.';
    else this.#unlock(session);
  }

  #unlock(session) {
    this.#me.session = session;
    this.#cover.remove();
    this.#cover = null;
    document.documentElement.classList.remove('is-locked');
    for (const part of document.body.children) part.inert = false;
    document.title = this.#title;
    this.#note(true);
  }
});
