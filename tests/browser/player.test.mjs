// The player bridge: moments in addresses and links, PeerTube by its protocol, media, other players by reload.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { browse, need, serve, site, until } from './site.mjs';

const server = await serve();
const channel = readFileSync(need.resolve('jschannel'), 'utf8');

/** A player that speaks through the library that PeerTube uses, and shows what it was told. */
const peertube = `<!doctype html><title>Lecteur</title><script>${channel}</script><script>
  window.told = [];
  const channel = Channel.build({ window: parent, origin: '*', scope: 'peertube' });
  for (const method of ['seek', 'play']) channel.bind(method, (_, params) => void told.push([method, params]));
  channel.bind('tell', () => {});
  window.tell = (position) => channel.notify({ method: 'playbackStatusUpdate', params: { position, volume: 1, duration: 300, playbackState: 'playing' } });
</script>`;
const players = await site(({ url }) => (url.startsWith('/videos/embed/') ? peertube : '<!doctype html><title>Autre</title>'));

const transcript = `
  <p id="s0" data-start="22"><a href="#t=22" data-start="22">0:22</a> Un.</p>
  <p id="s1" data-start="83"><a href="#t=83" data-start="83">1:23</a> Deux.</p>
  <p id="s2" data-start="120"><a href="#t=2m" data-start="120">2:00</a> Trois.</p>`;
const holder = `<div data-verbatim-player="${players.url}/videos/embed/a" data-title="La vidéo"><button>Lire</button></div>`;
const frame = (path) => `<iframe title="La vidéo" src="${players.url}${path}"></iframe>`;

const bridge = `${server.url}/verbatim-player.js`;
const script = `<script type="module" src="${bridge}"></script>`;

async function visit(player, address = '', scripts = script) {
  const pages = await site(({ url }) => (url.includes('favicon') ? undefined : `<!doctype html><html lang="fr"><title>Page</title><h1>Page</h1>${player}${transcript}${scripts}`));
  const tab = await browse();
  await tab.goto(pages.url + address, { waitUntil: 'load' });
  return tab;
}

const said = (tab) => tab.evaluate(() => [...document.querySelectorAll('[aria-current]')].map(({ id }) => id));
const inner = (tab) => tab.frames()[1];
const src = (tab) => inner(tab)?.url().replace(players.url, '');

test('nothing is loaded before a press', async () => {
  const tab = await visit(holder, '/#t=1m23s');
  await until(async () => (await said(tab)).join() === 's1');
  assert.equal(tab.frames().length, 1);
  await tab.getByRole('button', { name: 'Lire' }).click();
  await until(() => src(tab));
  assert.equal(src(tab), '/videos/embed/a?start=83&api=1&autoplay=1&#t=83s');
  assert.deepEqual(await tab.evaluate(() => [document.activeElement.localName, document.activeElement.title]), ['iframe', 'La vidéo']);
});

test('a link to a moment loads the player there, and then seeks without loading again', async () => {
  const tab = await visit(holder);
  await tab.getByRole('link', { name: '0:22' }).click();
  await until(() => src(tab));
  assert.match(src(tab), /start=22&/);
  await until(() => inner(tab).evaluate('typeof told === "object" && !!window.tell').catch(() => false));
  await tab.waitForTimeout(300);
  const loaded = src(tab);
  await tab.getByRole('link', { name: '1:23' }).click();
  await until(async () => (await inner(tab).evaluate('told.length')) === 2);
  assert.deepEqual(await inner(tab).evaluate('told'), [['seek', 83], ['play', undefined]]);
  await tab.getByRole('link', { name: '2:00' }).click();
  await until(async () => (await inner(tab).evaluate('told.length')) === 4);
  assert.deepEqual((await inner(tab).evaluate('told'))[2], ['seek', 120]);
  assert.equal(src(tab), loaded);
  assert.match(tab.url(), /#t=2m$/);
});

test('the page is told how far the video is, and the paragraph is marked', async () => {
  const tab = await visit(frame('/videos/embed/a?api=1'));
  await tab.evaluate(() => addEventListener('verbatim-time', ({ detail }) => (window.time = detail.time)));
  for (const [position, paragraph] of [[5, ''], [22.4, 's0'], [100, 's1'], [500, 's2'], [30, 's0']]) {
    await until(async () => {
      await inner(tab).evaluate((position) => tell(position), position);
      return (await tab.evaluate('window.time')) === position;
    }, `the time ${position}`);
    assert.equal((await said(tab)).join(), paragraph, `at ${position}`);
  }
});

test('a player that was ready before the script is spoken to as well', async () => {
  const tab = await visit(frame('/videos/embed/a?api=1'), '', '');
  await tab.addScriptTag({ url: bridge, type: 'module' });
  await tab.evaluate(() => addEventListener('verbatim-time', ({ detail }) => (window.time = detail.time)));
  await inner(tab).evaluate('tell(100)');
  await until(() => tab.evaluate('window.time === 100'), 'the time');
  await tab.getByRole('link', { name: '1:23' }).click();
  await until(async () => (await inner(tab).evaluate('told.length')) === 2);
  assert.deepEqual(await inner(tab).evaluate('told'), [['seek', 83], ['play', undefined]]);
  assert.equal(src(tab), '/videos/embed/a?api=1');
});

test('moments in the address', async (t) => {
  for (const [address, start] of [['/#t=83', 83], ['/#t=1m23s', 83], ['/#t=83.5', 83], ['/?t=83', 83], ['/?q=a&t=1m23s', 83], ['/', null], ['/?start=3', null]])
    await t.test(address, async () => {
      const tab = await visit(frame('/embed/x?rel=0'), address);
      const expected = start === null ? '/embed/x?rel=0' : new RegExp(`^/embed/x\\?start=${start}&api=1&autoplay=0&rel=0#t=`);
      if (start === null) await tab.waitForTimeout(300);
      else await until(() => expected.test(src(tab)));
      if (start === null) assert.equal(src(tab), expected);
      await tab.context().close();
    });
});

test('other players are opened anew at the moment, and one step back leads to where the reader was', async () => {
  const tab = await visit(frame('/embed/x'));
  const before = tab.url();
  await tab.getByRole('link', { name: '1:23' }).click();
  await until(() => /start=83&api=1&autoplay=1/.test(src(tab)));
  assert.match(tab.url(), /#t=83$/);
  await tab.evaluate('history.back()');
  await until(() => tab.url() === before, 'the address before the moment');
});

test('a video of the page itself', async () => {
  const tab = await visit('<video muted></video>', '/#t=22');
  await until(() => tab.evaluate(() => document.querySelector('video').currentTime === 22));
  await tab.evaluate(() => {
    window.played = 0;
    HTMLMediaElement.prototype.play = () => void (played += 1);
  });
  await tab.getByRole('link', { name: '1:23' }).click();
  await until(() => tab.evaluate(() => document.querySelector('video').currentTime === 83 && played === 1));
  assert.deepEqual(await said(tab), ['s1']);
});

test('only the player is listened to', async () => {
  const tab = await visit(frame('/videos/embed/a?api=1'));
  await tab.evaluate(() => {
    addEventListener('verbatim-time', () => (window.fooled = true));
    postMessage(JSON.stringify({ method: 'peertube::playbackStatusUpdate', params: { position: 99 } }), '*');
    postMessage('no JSON', '*');
  });
  await inner(tab).evaluate(() => parent.postMessage({ not: 'text' }, '*'));
  await tab.waitForTimeout(200);
  assert.equal(await tab.evaluate('window.fooled'), undefined);
  assert.deepEqual(tab.errors, []);
});
