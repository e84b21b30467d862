// Shows the open page anew when what it shows has changed, and keeps the place, the controls and the focus meanwhile.
(() => {
  'use strict';
  const own = document.currentScript.dataset;
  const key = `weekcast ${location.pathname}`;
  const bar = document.querySelector('.live');
  const state = document.getElementById('live-state');
  const region = document.getElementById('live');
  const usual = state?.textContent ?? '';
  let source = null;

  // In the bar for as long as it holds; aloud, and beside what is being looked at, for a while.
  const say = (words, stopped) => {
    if (state && state.textContent === words) return;
    if (state) state.textContent = words || usual;
    bar?.classList.toggle('stopped', stopped);
    region.textContent = words;
    if (!stopped) setTimeout(() => { if (region.textContent === words) region.textContent = ''; }, 8000);
  };
  // A copy's address is personal, and it is in the page anyway: text fields are not kept.
  const controls = () => [...document.querySelectorAll('input[type=radio], input[type=checkbox], select, details')];
  const stops = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  const frames = () => [...document.querySelectorAll('iframe')];
  const inside = (frame) => {
    try { return frame.contentWindow; } catch { return null; }
  };

  const keep = (at) => {
    const state = (one) => (one.matches('details') ? one.open : one.matches('select') ? one.value : one.checked);
    const kept = {
      at,
      x: scrollX,
      y: scrollY,
      controls: controls().map((one) => [one.id, state(one)]),
      frames: frames().map((frame) => inside(frame)?.scrollY ?? 0),
      focus: stops().indexOf(document.activeElement),
    };
    sessionStorage.setItem(key, JSON.stringify(kept));
  };

  const restore = (kept) => {
    const all = controls();
    kept.controls.forEach(([id, value], index) => {
      const one = id ? document.getElementById(id) : all[index];
      if (!one) return;
      if (one.matches('details')) one.open = value;
      else if (one.matches('select')) one.value = value;
      else one.checked = value;
      if (!one.matches('details')) one.dispatchEvent(new Event('change', { bubbles: true }));
    });
    stops()[kept.focus]?.focus({ preventScroll: true });
    const scroll = () => {
      scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' });
      frames().forEach((frame, index) => inside(frame)?.scrollTo(0, kept.frames[index] ?? 0));
    };
    if (document.readyState === 'complete') scroll();
    else addEventListener('load', scroll, { once: true });
  };

  const news = ({ data }) => {
    const { version, at } = JSON.parse(data);
    if (version === own.version) return;
    keep(at);
    location.reload();
  };
  const open = () => {
    if (source || !own.news) return;
    source = new EventSource(own.news);
    source.addEventListener('shown', news);
    source.addEventListener('stopped', ({ data }) => {
      close();
      say(`The preview was stopped at ${data}. To go on: weekcast preview --serve`, true);
      document.removeEventListener('visibilitychange', turn);
    });
    source.onopen = () => {
      if (bar?.classList.contains('stopped')) say('', false);
    };
    source.onerror = () => say('The preview has stopped, or does not answer. To go on: weekcast preview --serve', true);
  };
  const close = () => {
    source?.close();
    source = null;
  };
  // A page that nobody looks at holds no connection: a browser has six of them for all pages of an origin.
  const turn = () => (document.hidden ? close() : open());

  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  sessionStorage.removeItem(key);
  if (kept) {
    restore(kept);
    // Screen readers announce a status that changes, not one that is there from the start.
    setTimeout(() => say(`Shown anew at ${kept.at}.`, false), 150);
  }
  document.addEventListener('visibilitychange', turn);
  addEventListener('pagehide', close);
  addEventListener('pageshow', turn);
  turn();
})();
