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

// What was done is said once: the address does not keep it for a reload or a bookmark.
{
  const here = new URL(location.href);
  if (here.searchParams.has('done')) {
    here.searchParams.delete('done');
    history.replaceState(history.state, '', here);
  }
}

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
// A client's answer is sent once the server answers: the browser's own page about a lost connection would take answer and numbers to call away.
document.addEventListener('submit', async event => {
  const { target: form, submitter } = event;
  if (!form.matches('main.client form') || form.dataset.reached) return;
  event.preventDefault();
  const style = document.querySelector('link[rel=stylesheet]').href;
  const reached = await fetch(style, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(10000) }).then(reply => reply.status < 500, () => false);
  if (reached) {
    form.dataset.reached = 'yes';
    form.requestSubmit(submitter);
    return;
  }
  form.querySelector('.away')?.remove();
  const said = make('p', 'error away', 'Not saved: no connection. Your answer stays on this page; press the button again when the connection is back. The numbers to call work without it.');
  said.setAttribute('role', 'alert');
  (submitter ?? form.lastElementChild).before(said);
});

// Whoever comes back to the page may send the form again.
window.addEventListener('pageshow', () => { for (const form of all(document, 'main.client form')) delete form.dataset.reached; });

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

// A note that saves itself, with the boxes inside it. While it is unsaved a copy lies in this tab's sessionStorage, and nowhere else.
const PAUSE = 800, LONGEST = 15000, KEEPALIVE_LIMIT = 60000, TOKEN = 'input[name=__RequestVerificationToken]';

customElements.define('note-autosave', class extends HTMLElement {
  #area; #boxes; #state; #version; #base; #saved; #busy = null; #timer; #fails = 0; #why = ''; #theirs = null; #stop;

  connectedCallback() {
    this.#area = this.querySelector('textarea');
    this.#state = this.querySelector('[data-state]');
    if (!this.#area) return;
    this.#boxes = all(this, 'input[type=checkbox]');
    this.#saved = { text: this.#area.defaultValue, ticked: this.#boxes.filter(box => box.defaultChecked).map(box => box.value) };
    this.#version = this.dataset.version ?? '0';
    this.#base = this.dataset.base ?? this.#version;
    this.#stop = new AbortController();
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: this.#stop.signal });
    // A box says so with the same event as the text.
    on(this, 'input', () => { this.#keep(); if (!this.#theirs) { this.#say('Not saved yet'); this.#later(PAUSE); } });
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

  get #now() { return { text: this.#area.value, ticked: this.#boxes.filter(box => box.checked).map(box => box.value) }; }
  get #dirty() { return !same(this.#now, this.#saved); }
  get #key() { return `note:${this.dataset.url}`; }

  // True once nothing is left to save.
  async save() {
    clearTimeout(this.#timer);
    while (this.#busy) await this.#busy;
    if (this.#theirs) return false;
    if (!this.#dirty) return true;
    const work = this.#send(this.#now);
    this.#busy = work.finally(() => { this.#busy = null; });
    const done = await this.#busy;
    if (done && this.#dirty) this.#later(PAUSE);
    return done && !this.#dirty;
  }

  async #send(note, renewed = false) {
    this.#keep();
    let reply;
    try {
      const body = new URLSearchParams({ body: note.text, version: this.#version, base: this.#base });
      for (const code of note.ticked) body.append('ticked', code);
      const keepalive = body.toString().length < KEEPALIVE_LIMIT;
      reply = await fetch(this.dataset.url, {
        method: 'POST', body, keepalive, headers: { 'X-CSRF': document.querySelector(TOKEN)?.value ?? '' }, signal: AbortSignal.timeout(10000),
      });
      if (reply.redirected) return this.#again(401);
      if (reply.ok) return this.#done(note, await reply.json());
      if (reply.status === 409) return this.#conflict(note, await reply.json());
      if ((reply.status === 419 || reply.status === 400) && !renewed) {
        await this.#renew();
        return await this.#send(note, true);
      }
    } catch { reply = null; }
    return this.#again(reply?.status);
  }

  #done(note, answer) {
    this.#saved = note;
    this.#fails = 0;
    this.#setVersion(answer.version, answer.version);
    if (!this.#dirty) sessionStorage.removeItem(this.#key);
    if (answer.signed) this.#signed(answer);
    else this.#say(`Draft saved at ${clock(answer.savedAt)}`, 'ok');
    return true;
  }

  // Too late for the note. What is typed here is kept beside it and stands on the session's page.
  #signed(answer) {
    this.#say('Your text is kept, but it is not part of the note: the note was signed meanwhile.', 'bad');
    if (this.querySelector('.compare')) return;
    const panel = make('section', 'compare');
    panel.setAttribute('aria-label', 'This note was signed meanwhile');
    const link = make('a', '', 'Open the signed note');
    link.href = answer.href;
    const way = make('p', '', ', where your text can be added as an amendment.');
    way.prepend(link);
    panel.append(make('h2', '', 'This note was signed meanwhile'), make('p', 'muted small', savedBy('Signed', answer)), make('div', 'diff-text', answer.body), way);
    this.#state.after(panel);
  }

  #again(status) {
    this.#fails++;
    const kept = 'Your text is kept on this page and will be saved';
    this.#why = status === 401 ? `Not saved: you are signed out. ${kept} when you have signed in again in another tab.`
      : status === 403 || status === 404 ? 'Not saved: whoever is signed in here now may not write in this course. Your text is kept on this page; copy it if it belongs elsewhere.'
      : status === 413 ? 'Not saved: this is longer than a note may be. Shorten it, or move part of it elsewhere; until then it is kept on this page only.'
      : status ? `Not saved yet: the server cannot take it at the moment. ${kept} as soon as it can.`
      : `Not saved: no connection. ${kept} when the connection is back.`;
    this.#say(this.#why, 'bad');
    this.#later(Math.min(LONGEST, 500 * 2 ** this.#fails));
    return false;
  }

  async #renew() {
    const { token } = await (await fetch('/api/token')).json();
    for (const input of all(document, TOKEN)) input.value = token;
  }

  // The newest revision that this tab knows of, and the one that its text was typed on.
  #setVersion(version, base = this.#base) {
    this.#version = String(version);
    this.#base = String(base);
    for (const [field, value] of [['version', this.#version], ['base', this.#base]]) {
      const input = this.querySelector(`[data-${field}-field]`);
      if (input) input.value = value;
    }
  }

  #show(note) {
    this.#area.value = note.text;
    for (const box of this.#boxes) {
      box.checked = note.ticked.includes(box.value);
      if (box.checked && box.closest('details')) box.closest('details').open = true;
    }
  }

  #titles(note) {
    const titles = this.#boxes.filter(box => note.ticked.includes(box.value)).map(box => box.labels[0]?.textContent.trim());
    return titles.length ? `Ticked: ${titles.join('; ')}` : '';
  }

  #later(ms) { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.save(), ms); }

  #say(text, mood = '') {
    if (!this.#state || this.#state.textContent === text) return;
    this.#state.textContent = text;
    this.#state.className = `save-state ${mood && 'is-' + mood}`;
  }

  #keep() {
    try {
      if (this.#dirty) sessionStorage.setItem(this.#key, JSON.stringify({ ...this.#now, version: this.#version, base: this.#base }));
      else sessionStorage.removeItem(this.#key);
    } catch { /* Storage may be full or forbidden; the text is still on the page. */ }
  }

  #restore() {
    let copy = null;
    try { copy = JSON.parse(sessionStorage.getItem(this.#key)); } catch { /* An unreadable copy is no copy. */ }
    if (copy) copy = { base: copy.version, ticked: this.#now.ticked, ...copy };
    if (!copy || same(copy, this.#now)) { this.#keep(); return; }
    this.#show(copy);
    this.#setVersion(copy.version, copy.base);
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
    else this.#say(`Nothing was sent. ${this.#why}`, 'bad');
  }
  #passing = false;

  // Somebody saved another text meanwhile. Both stay on the page, whichever is chosen.
  #conflict(note, answer) {
    if (answer.signed) return this.#done(note, answer);
    const theirs = { ...answer, text: answer.body, ticked: answer.ticked.split(' ').filter(Boolean) };
    if (same(theirs, this.#now)) return this.#done(this.#now, theirs);
    this.#theirs = theirs;
    this.#keep();
    this.#say('Not saved: this note was changed somewhere else. Choose a version below.', 'bad');
    const mine = make('div', 'diff-text', this.#area.value), ticks = make('p', 'small', this.#titles(this.#now));
    this.addEventListener('input', () => { mine.textContent = this.#area.value; ticks.textContent = this.#titles(this.#now); }, { signal: this.#stop.signal });
    const panel = make('section', 'compare');
    panel.tabIndex = -1;
    panel.setAttribute('aria-label', 'Two versions of this note');
    const pair = make('div', 'diff');
    pair.append(
      side('Your text', 'Not saved yet', [mine, ticks], 'Keep mine', () => this.#resolve(panel, false)),
      side('The other version', savedBy('Saved', theirs), [make('div', 'diff-text', theirs.text), make('p', 'small', this.#titles(theirs))], 'Take the other', () => this.#resolve(panel, true)));
    panel.append(make('h2', '', 'This note was changed somewhere else'), make('p', '', 'Nothing is lost: the version you do not choose is kept, and stands below the note once it is signed.'), pair);
    this.querySelector('.compare')?.remove();
    this.#state.after(panel);
    // Never out of a hand that is still typing.
    if (document.activeElement !== this.#area) panel.focus();
    return false;
  }

  #resolve(panel, takeTheirs) {
    const theirs = this.#theirs, mine = this.#area.value;
    this.#theirs = null;
    this.#fails = 0;
    this.#setVersion(theirs.version, takeTheirs ? theirs.version : this.#base);
    this.#saved = theirs;
    if (takeTheirs) this.#show(theirs);
    const aside = make('details', 'more');
    aside.append(make('summary', '', takeTheirs ? 'Your text, not used' : 'The other version, not used'), make('div', 'diff-text', takeTheirs ? mine : theirs.text));
    panel.replaceWith(aside);
    this.#keep();
    this.#area.focus();
    if (takeTheirs) this.#say('The other version is in the note now', 'ok');
    else this.save();
  }
});

function same(one, other) { return one.text === other.text && one.ticked.length === other.ticked.length && one.ticked.every(code => other.ticked.includes(code)); }

function savedBy(what, answer) { return `${what} at ${clock(answer.savedAt)}${answer.by ? ` by ${answer.by}` : ''}`; }

function side(title, meta, parts, action, choose) {
  const part = make('section');
  const button = make('button', 'btn btn-2', action);
  button.type = 'button';
  button.addEventListener('click', choose);
  part.append(make('h3', '', title), make('p', 'muted small', meta), ...parts, button);
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
