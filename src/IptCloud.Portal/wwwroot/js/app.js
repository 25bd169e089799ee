// Conveniences. Every page can be read and every form sent without this file.

const all = (root, selector) => [...root.querySelectorAll(selector)];

// Moves the focus to what went wrong.
customElements.define('error-summary', class extends HTMLElement {
  connectedCallback() {
    queueMicrotask(() => this.querySelector('[role=alert]')?.focus());
    this.addEventListener('click', event => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus({ preventScroll: true });
      (field.closest('.field') ?? field).scrollIntoView({ block: 'start' });
    });
  }
});

// The phone menu lies over the page, so it closes on Escape and when the focus leaves it.
for (const menu of all(document, 'details.menu')) {
  const close = () => { menu.open = false; };
  menu.addEventListener('focusout', event => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
  menu.addEventListener('keydown', event => { if (event.key === 'Escape') { close(); menu.querySelector('summary').focus(); } });
}

// Hides the rows that do not hold every typed word, and says how many are left.
customElements.define('live-filter', class extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector('input[type=search]');
    const noun = this.dataset.noun ?? 'rows';
    box?.addEventListener('input', () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      const rows = all(this, '[data-filter-row], tbody tr');
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        const shown = rows.filter(row => !row.hidden).length;
        this.querySelector('[data-count]').textContent =
          words.length ? `${shown} of ${rows.length} ${noun} match` : `All ${rows.length} ${noun}`;
      }, 300);
    });
  }
});

// The style sheet shows the help while such an answer is chosen. Here it stays open, and is inserted anew so that it is read out.
customElements.define('crisis-help', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', event => {
      const help = this.querySelector('.crisis');
      if (!help || !event.target.matches('[data-crisis]') || help.classList.contains('is-open')) return;
      help.classList.add('is-open');
      help.replaceChildren(...help.childNodes);
    });
  }
});

// Says while it is typed whether a sender name tells too much. The form is checked again.
customElements.define('sender-name', class extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector('input');
    const said = this.querySelector('[data-check]');
    box?.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(async () => {
        try {
          const answer = await fetch(`${said.dataset.check}?text=${encodeURIComponent(box.value)}`);
          if (answer.ok) said.textContent = (await answer.json()).text;
        } catch { /* the form says it when it is sent */ }
      }, 400);
    });
  }
});

// "12 minutes", on a clock that may run faster than the wall.
customElements.define('elapsed-time', class extends HTMLElement {
  connectedCallback() {
    const speed = Number(this.dataset.speed) || 1;
    const lead = Date.parse(this.dataset.nowClinic) - Date.parse(this.dataset.since);
    const opened = performance.now();
    if (Number.isNaN(lead)) return;
    const show = () => {
      const text = words(lead + (performance.now() - opened) * speed);
      if (text !== this.textContent) this.textContent = text;
    };
    show();
    this.timer = setInterval(show, Math.max(1000, Math.min(15000, 60000 / speed)));
  }
  disconnectedCallback() { clearInterval(this.timer); }
});

function words(ms) {
  const count = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const minutes = Math.max(0, Math.floor(ms / 60000));
  const days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24;
  const pair = (a, one, b, two) => b ? `${count(a, one)} ${count(b, two)}` : count(a, one);
  if (days) return pair(days, 'day', hours, 'hour');
  return hours ? pair(hours, 'hour', minutes % 60, 'minute') : count(minutes, 'minute');
}

// <copy-text data-text="…"><button type="button" hidden>Copy</button></copy-text>
customElements.define('copy-text', class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button');
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    const label = button.textContent;
    button.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(this.dataset.text); button.textContent = 'Copied'; }
      catch { button.textContent = 'Could not copy'; }
      setTimeout(() => { button.textContent = label; }, 2500);
    });
  }
});

// A note that saves itself. While it is unsaved a copy lies in this tab's sessionStorage, and nowhere else.
const PAUSE = 800, LONGEST = 15000, KEEPALIVE_LIMIT = 60000, TOKEN = 'input[name=__RequestVerificationToken]';

customElements.define('note-autosave', class extends HTMLElement {
  #area; #state; #version; #saved; #busy = null; #timer; #fails = 0; #theirs = null; #stop;

  connectedCallback() {
    this.#area = this.querySelector('textarea');
    this.#state = this.querySelector('[data-state]');
    if (!this.#area) return;
    this.#saved = this.#area.defaultValue;
    this.#version = this.dataset.version ?? '0';
    this.#stop = new AbortController();
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: this.#stop.signal });
    on(this.#area, 'input', () => { this.#keep(); if (!this.#theirs) { this.#say('Not saved yet'); this.#later(PAUSE); } });
    on(this.#area, 'blur', () => this.save());
    on(document, 'visibilitychange', () => { if (document.visibilityState === 'hidden') this.save(); });
    on(window, 'pagehide', () => this.save());
    on(window, 'online', () => this.save());
    on(window, 'beforeunload', event => { if (this.#dirty) { this.save(); event.preventDefault(); } });
    const form = this.closest('form');
    if (form) on(form, 'submit', event => this.#submit(event, form));
    this.#restore();
  }

  disconnectedCallback() { this.save(); clearTimeout(this.#timer); this.#stop?.abort(); }

  get #dirty() { return this.#area.value !== this.#saved; }
  get #key() { return `note:${this.dataset.url}`; }

  // True once nothing is left to save.
  async save() {
    clearTimeout(this.#timer);
    while (this.#busy) await this.#busy;
    if (this.#theirs) return false;
    if (!this.#dirty) return true;
    const work = this.#send(this.#area.value);
    this.#busy = work.finally(() => { this.#busy = null; });
    const done = await this.#busy;
    if (done && this.#dirty) this.#later(PAUSE);
    return done && !this.#dirty;
  }

  async #send(text, renewed = false) {
    this.#keep();
    let reply;
    try {
      const body = new URLSearchParams({ body: text, version: this.#version });
      const keepalive = body.toString().length < KEEPALIVE_LIMIT;
      reply = await fetch(this.dataset.url, {
        method: 'POST', body, keepalive, headers: { 'X-CSRF': document.querySelector(TOKEN)?.value ?? '' }, signal: AbortSignal.timeout(10000),
      });
      if (reply.redirected) return this.#again(401);
      if (reply.ok) return this.#done(text, await reply.json());
      if (reply.status === 409) return this.#conflict(await reply.json());
      if ((reply.status === 419 || reply.status === 400) && !renewed) {
        await this.#renew();
        return await this.#send(text, true);
      }
    } catch { reply = null; }
    return this.#again(reply?.status);
  }

  #done(text, answer) {
    this.#saved = text;
    this.#fails = 0;
    this.#setVersion(answer.version);
    if (!this.#dirty) sessionStorage.removeItem(this.#key);
    this.#say(`Draft saved at ${clock(answer.savedAt)}`, 'ok');
    return true;
  }

  #again(status) {
    this.#fails++;
    const kept = 'Your text is kept on this page and will be saved';
    if (status === 401 || status === 403) this.#say(`Not saved: you are signed out. ${kept} when you have signed in again in another tab.`, 'bad');
    else if (status) this.#say(`Not saved yet: the server cannot take it at the moment. ${kept} as soon as it can.`, 'bad');
    else this.#say(`Not saved: no connection. ${kept} when the connection is back.`, 'bad');
    this.#later(Math.min(LONGEST, 500 * 2 ** this.#fails));
    return false;
  }

  async #renew() {
    const { token } = await (await fetch('/api/token')).json();
    for (const input of all(document, TOKEN)) input.value = token;
  }

  #setVersion(version) {
    this.#version = String(version);
    const field = this.querySelector('[data-version-field]');
    if (field) field.value = this.#version;
  }

  #later(ms) { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.save(), ms); }

  #say(text, mood = '') {
    if (!this.#state || this.#state.textContent === text) return;
    this.#state.textContent = text;
    this.#state.className = `save-state ${mood && 'is-' + mood}`;
  }

  #keep() {
    try {
      if (this.#dirty) sessionStorage.setItem(this.#key, JSON.stringify({ text: this.#area.value, version: this.#version }));
      else sessionStorage.removeItem(this.#key);
    } catch { /* Storage may be full or forbidden; the text is still on the page. */ }
  }

  #restore() {
    let copy = null;
    try { copy = JSON.parse(sessionStorage.getItem(this.#key)); } catch { /* An unreadable copy is no copy. */ }
    if (!copy || copy.text === this.#area.value) { this.#keep(); return; }
    this.#area.value = copy.text;
    this.#setVersion(copy.version);
    this.#say('Text from before the interruption was put back');
    this.save();
  }

  async #submit(event, form) {
    if (this.#passing) { this.#passing = false; return; }
    if (!this.#dirty && !this.#busy && !this.#theirs) return;
    event.preventDefault();
    const button = event.submitter;
    if (await this.save()) {
      this.#passing = true;
      form.requestSubmit(button);
    } else if (this.#theirs) this.querySelector('.compare')?.focus();
    else this.#say('Not sent: the note could not be saved first. Your text is still here; try again in a moment.', 'bad');
  }
  #passing = false;

  // Somebody saved another text meanwhile. Both stay on the page, whichever is chosen.
  #conflict(theirs) {
    if (theirs.body === this.#area.value) return this.#done(theirs.body, theirs);
    this.#theirs = theirs;
    this.#keep();
    this.#say('Not saved: this note was changed somewhere else. Choose a version below.', 'bad');
    const who = `Saved at ${clock(theirs.savedAt)}${theirs.by ? ` by ${theirs.by}` : ''}`;
    const mine = make('div', 'diff-text', this.#area.value);
    this.#area.addEventListener('input', () => { mine.textContent = this.#area.value; }, { signal: this.#stop.signal });
    const panel = make('section', 'compare');
    panel.tabIndex = -1;
    panel.setAttribute('aria-label', 'Two versions of this note');
    const pair = make('div', 'diff');
    pair.append(
      side('Your text', 'Not saved yet', mine, 'Keep mine', () => this.#resolve(panel, false)),
      side('The other version', who, make('div', 'diff-text', theirs.body), 'Take the other', () => this.#resolve(panel, true)));
    panel.append(make('h2', '', 'This note was changed somewhere else'), make('p', '', 'Nothing is lost: the version you do not choose stays below the note.'), pair);
    this.querySelector('.compare')?.remove();
    this.#state.after(panel);
    // Never out of a hand that is still typing.
    if (document.activeElement !== this.#area) panel.focus();
    return false;
  }

  #resolve(panel, takeTheirs) {
    const { body, version } = this.#theirs, mine = this.#area.value;
    this.#theirs = null;
    this.#fails = 0;
    this.#setVersion(version);
    this.#saved = body;
    if (takeTheirs) this.#area.value = body;
    const aside = make('details', 'more');
    aside.append(make('summary', '', takeTheirs ? 'Your text, not used' : 'The other version, not used'), make('div', 'diff-text', takeTheirs ? mine : body));
    panel.replaceWith(aside);
    this.#keep();
    this.#area.focus();
    if (takeTheirs) this.#say('The other version is in the note now', 'ok');
    else this.save();
  }
});

function side(title, meta, text, action, choose) {
  const part = make('section');
  const button = make('button', 'btn btn-2', action);
  button.type = 'button';
  button.addEventListener('click', choose);
  part.append(make('h3', '', title), make('p', 'muted small', meta), text, button);
  return part;
}

function make(tag, css = '', text = '') {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.textContent = text;
  return element;
}

// The server sends the clinic's wall-clock time as it is to be read.
function clock(instant) {
  if (/^\d\d:\d\d$/.test(instant)) return instant;
  const time = new Date(instant);
  return Number.isNaN(time.getTime()) ? instant : time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
