// How soon the search box shows what is typed, in Chromium, beside what is asked of it. After `cargo build --release` and
// `npm ci` in crates/query/web/box:
//
//   VERBATIM=target/release/verbatim node benches/box.mjs

import { page, pageSite } from '../tests/browser/box.mjs';
import { browse, end, serve } from '../tests/browser/site.mjs';

const QUERIES = [
  'GAR', 'ENT', 'élève', 'classe', 'accès aux ressources', 'numérique', 'vidéo', 'mot de passe', 'données personnelles',
  'hameçonnage', 'tourterelles', 'ressource', 'enseignant', 'collège', 'sauvegarder', 'image', 'droit', 'réseau social',
  'bibliothèque', 'questions',
];
const ROUNDS = 5;

/** Milliseconds between keys, as a fast hand types. */
const PACE = 110;

/** The value below which that share of the numbers lies. */
const quantile = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.ceil(share * numbers.length) - 1];

const say = (what, numbers, asked) =>
  console.log(
    `${what.padEnd(72)} median ${quantile(numbers, 0.5).toFixed(1)} ms, p95 ${quantile(numbers, 0.95).toFixed(1)} ms, ` +
      `p98 ${quantile(numbers, 0.98).toFixed(1)} ms of ${numbers.length}${asked ? `; asked: ${asked}` : ''}`,
  );

/** What the page itself measures, from the input event on. */
function measure() {
  window.told = { handled: [], painted: [], latencies: [], shifts: 0 };
  let typed = 0;
  addEventListener('input', ({ timeStamp }) => {
    typed = timeStamp;
    window.began = performance.now();
  }, true);
  addEventListener('input', ({ target }) => {
    if (target.value) told.handled.push(performance.now() - window.began);
  });
  addEventListener('verbatim-results', () => {
    const since = typed;
    // The first message after a frame comes when it was painted.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => told.painted.push(performance.now() - since);
      port2.postMessage(0);
    });
  });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') told.latencies.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });
  new PerformanceObserver((list) => {
    // What follows a key at once is what the reader asked for.
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) told.shifts += value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** A page with the box in a context that remembers nothing, slowed down so many times. */
async function visit(url, slower = 1) {
  const tab = await browse();
  await tab.addInitScript(measure);
  await tab.goto(url);
  await tab.locator('input').focus();
  const protocol = await tab.context().newCDPSession(tab);
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slower });
  return tab;
}

/** Whole queries, put in at once, each when the one before is long answered: `interval` never waits. */
async function atOnce(url, slower) {
  const all = { handled: [], painted: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const tab = await visit(url, slower);
    for (const query of QUERIES) {
      await tab.locator('input').fill('');
      await tab.waitForTimeout(200);
      const before = await tab.evaluate(() => told.painted.length);
      await tab.keyboard.insertText(query);
      await tab.waitForFunction((before) => told.painted.length > before, before);
    }
    const { handled, painted } = await tab.evaluate(() => told);
    all.handled.push(...handled);
    all.painted.push(...painted);
    await tab.context().close();
  }
  return all;
}

/** Queries typed key by key. */
async function byKeys(url, slower) {
  const tab = await visit(url, slower);
  for (const query of QUERIES) {
    await tab.locator('input').fill('');
    await tab.locator('input').pressSequentially(query, { delay: PACE });
  }
  await tab.waitForTimeout(1000);
  const { latencies, shifts } = await tab.evaluate(() => told);
  await tab.context().close();
  const quick = QUERIES.join('').length - latencies.length;
  // What is quicker than a frame is not reported.
  return { latencies: [...latencies, ...Array(Math.max(0, quick)).fill(16)], shifts };
}

const server = await serve();
const { url } = await pageSite(page(server.url));
const { url: formAlone } = await pageSite(page(server.url, { head: '' }));
try {
  for (const slower of [1, 4]) {
    const processor = slower > 1 ? `, processor ${slower} times slower` : '';
    const { painted, handled } = await atOnce(url, slower);
    say(`input to painted list${processor}`, painted, slower > 1 ? '' : 'median ≤ 50 ms');
    say(`the input event's listeners${processor}`, handled);
    const { latencies, shifts } = await byKeys(url, slower);
    say(`latency of a key${processor}`, latencies, slower > 1 ? 'p98 ≤ 32 ms' : '');
    // What a busy machine takes of it.
    say(`latency of a key, the form alone${processor}`, (await byKeys(formAlone, slower)).latencies);
    console.log(`${`layout shift${processor}`.padEnd(72)} ${shifts}; asked: 0`);
  }
} finally {
  await end();
}
