// Keeps a page up to date while it is looked at: the server says that something moved, the page is
// asked for again, and those of its parts that differ are exchanged. Nothing here makes markup.
const root = document.body.dataset.root;
const parts = new Map();
const sayLive = (text) => { document.getElementById('live').textContent = text; };
const remember = (from) => {
  for (const part of from.querySelectorAll('[data-live]')) parts.set(part.id, part.outerHTML);
};
remember(document);

let etag = '';
let asking = false;
let again = false;

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(location.href, { headers: etag ? { 'if-none-match': etag } : {}, cache: 'no-store' });
    if (answer.status === 200 || answer.status === 304) sayPolling();
    if (answer.status === 200) {
      etag = answer.headers.get('etag') ?? '';
      exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } else if (answer.status !== 304) {
      sayLive('not up to date: the server answers ' + answer.status);
    }
  } catch {
    sayLive('not up to date: no connection');
  } finally {
    asking = false;
    if (again) { again = false; refresh(); }
  }
}

function exchange(page) {
  const before = document.querySelector('[data-said]')?.dataset.said;
  const main = document.getElementById('main');
  const fresh = [...page.querySelectorAll('[data-live]')];
  const ids = new Set(fresh.map((part) => part.id));
  let last = null;
  for (const part of fresh) {
    const old = document.getElementById(part.id);
    const html = part.outerHTML;
    if (!old) {
      if (last) last.after(part); else main.append(part);
      last = part;
    } else if (parts.get(part.id) !== html) {
      const kept = keep(old);
      old.replaceWith(part);
      restore(part, kept);
      last = part;
    } else {
      last = old;
    }
    parts.set(part.id, html);
  }
  for (const part of document.querySelectorAll('[data-live]')) {
    if (!ids.has(part.id)) { part.remove(); parts.delete(part.id); }
  }
  const now = document.querySelector('[data-said]')?.dataset.said;
  if (now && now !== before) document.getElementById('said').textContent = now;
  schedule();
}

// What a person was at: what they opened, typed, scrolled to, and where they stand.
function keep(part) {
  const log = part.querySelector('.log');
  return {
    open: [...part.querySelectorAll('details[open]')].map((e) => e.id),
    typed: [...part.querySelectorAll('input:not([type=hidden])')].map((e) => [e.id, e.value]),
    focus: part.contains(document.activeElement) ? document.activeElement.id : '',
    scroll: log && log.scrollTop + log.clientHeight < log.scrollHeight - 4 ? log.scrollTop : -1,
  };
}

function restore(part, kept) {
  for (const id of kept.open) part.querySelector('#' + CSS.escape(id))?.setAttribute('open', '');
  for (const [id, value] of kept.typed) {
    const input = part.querySelector('#' + CSS.escape(id));
    if (input) input.value = value;
  }
  const log = part.querySelector('.log');
  if (log) log.scrollTop = kept.scroll < 0 ? log.scrollHeight : kept.scroll;
  if (kept.focus) {
    (part.querySelector('#' + CSS.escape(kept.focus)) ?? document.getElementById('main')).focus();
  }
}

// Some parts grow without anything moving: they say how often to look, in seconds.
let timer = 0;
function schedule() {
  clearTimeout(timer);
  const every = Number(document.querySelector('[data-every]')?.dataset.every ?? 0);
  const seconds = heard ? every : Math.min(every || 5, 5);
  if (seconds && !document.hidden) timer = setTimeout(() => refresh().then(schedule), seconds * 1000);
}

// A stream counts once it was heard: a proxy may hold its events back, or cut it off each time.
let stream = null;
let heard = false;
const sayPolling = () => { if (!heard && !document.hidden) sayLive('live, looking every 5 s'); };
function listen() {
  if (stream || document.hidden) return;
  const source = new EventSource(root + 'api/stream');
  stream = source;
  source.addEventListener('listening', () => { heard = true; sayLive('live'); refresh(); });
  source.addEventListener('moved', refresh);
  source.onerror = () => {
    heard = false;
    if (source.readyState === EventSource.CLOSED) {
      // Refused for good, as by a proxy that cannot stream: look every few seconds, try again later.
      stream = null;
      sayPolling();
      setTimeout(listen, 60000);
    } else {
      sayLive('connecting again');
    }
    schedule();
  };
  schedule();
}

// A page nobody looks at costs nothing.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    stream?.close();
    stream = null;
    heard = false;
    clearTimeout(timer);
    sayLive('resting');
  } else {
    listen();
  }
});

const log = document.querySelector('.log');
if (log) log.scrollTop = log.scrollHeight;
// First it is painted, then it listens; in a tab nobody looks at it waits for being looked at.
requestAnimationFrame(() => setTimeout(listen));
