// Looks again every quarter of a minute and draws what it saw since the page was opened. Without it the page shows how things stood.

const EVERY = 15000, KEPT = 120, WIDTH = 240, TOP = 8, BOTTOM = 38;

customElements.define('live-promises', class extends HTMLElement {
  #seen = new Map();
  #timer;

  connectedCallback() {
    this.#keep();
    const pause = this.querySelector('[data-live-pause]');
    pause.hidden = false;
    pause.addEventListener('click', () => {
      if (this.#timer) this.#stop(); else this.#start();
      pause.textContent = this.#timer ? 'Pause' : 'Go on';
    });
    this.#start();
  }

  disconnectedCallback() { this.#stop(); }

  #start() { this.#timer = setInterval(() => this.#look(), EVERY); }

  #stop() { clearInterval(this.#timer); this.#timer = undefined; }

  async #look() {
    const status = this.querySelector('[data-live-status]');
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const news = [];
      for (const fresh of page.querySelectorAll('[data-promise]')) {
        const shown = this.querySelector(`[data-promise="${fresh.dataset.promise}"]`);
        if (!shown) continue;
        shown.dataset.value = fresh.dataset.value;
        for (const part of ['.tag', '.promise-value']) {
          const [before, after] = [shown.querySelector(part), fresh.querySelector(part)];
          if (before.innerHTML === after.innerHTML) continue;
          if (part === '.tag') news.push(`${fresh.querySelector('h2').textContent}: ${after.textContent.trim()}.`);
          before.replaceWith(after);
        }
      }
      this.querySelector('[data-live-time]').textContent = page.querySelector('[data-live-time]').textContent;
      // Read out is what changed, not that time passes.
      if (news.length || status.dataset.lost) status.textContent = news.join(' ');
      delete status.dataset.lost;
      this.#keep();
    } catch {
      status.dataset.lost = 'yes';
      status.textContent = 'The portal does not answer, or you were signed out. What is shown is the last that was seen.';
    }
  }

  #keep() {
    for (const one of this.querySelectorAll('[data-promise]')) {
      const values = this.#seen.get(one.dataset.promise) ?? [];
      values.push(Number(one.dataset.value));
      if (values.length > KEPT) values.shift();
      this.#seen.set(one.dataset.promise, values);
      // The limit's line stays where it is unless something lies higher.
      const limit = Number(one.dataset.limit), high = Math.max(limit, ...values);
      const y = value => BOTTOM - (BOTTOM - TOP) * value / high, x = i => values.length === 1 ? 0 : WIDTH * i / (values.length - 1);
      const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`);
      if (points.length === 1) points.push(`${WIDTH},${y(values[0]).toFixed(1)}`);
      one.querySelector('.promise-now').setAttribute('points', points.join(' '));
      const line = one.querySelector('.promise-limit');
      for (const end of ['y1', 'y2']) line.setAttribute(end, y(limit).toFixed(1));
    }
  }
});
