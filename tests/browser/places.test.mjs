// The search box where it is hard: strict policies, hostile styles, failing servers, no script, other origins.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { box, form, page, pageSite, script } from './box.mjs';
import { browse, serve, site, until } from './site.mjs';

const server = await serve();
const plain = await pageSite(page(server.url));
const json = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };

async function typed(url, query, options) {
  const tab = await browse(options);
  await tab.goto(url);
  await tab.locator('input').first().pressSequentially(query, { delay: 5 });
  return tab;
}

/** A page whose box asks another server than the one that has the page of results. */
const asking = async (api, attributes = '') =>
  pageSite(page(server.url, { body: box(server.url, attributes).replace(`src="${server.url}`, `src="${api}`) }));

test('a strict policy and trusted types: it works, and nothing is violated', async () => {
  const { origin } = new URL(server.url);
  const policy = `default-src 'none'; script-src ${origin}; connect-src ${origin}; form-action ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const html = page(server.url).replace(/<style>[^]*?<\/style>/, '');
  const strict = await pageSite(html, { 'content-security-policy': policy });
  const tab = await browse();
  const complaints = [];
  tab.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && complaints.push(message.text()));
  await tab.addInitScript(() => {
    window.violated = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      if (!blockedURI.includes('favicon')) violated.push(violatedDirective);
    });
  });
  await tab.goto(strict.url);
  await tab.locator('input').pressSequentially('tourterelles');
  await tab.getByRole('option').first().waitFor();
  const painted = await tab.evaluate(() => getComputedStyle(document.querySelector('[role=option]')).cursor);
  assert.equal(painted, 'pointer', 'the style sheet is there too');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('Enter');
  assert.deepEqual(await tab.evaluate('violated').catch(() => []), []);
  await tab.waitForURL(`${server.url}/?q=tourterelles`);
  assert.deepEqual(complaints, []);
});

test('hostile styles of the page do not alter the list', async () => {
  const hostile = `<style>
    @layer mine { body * { color: red !important; position: static !important; font-size: 40px !important } }
    * { letter-spacing: 5px !important; text-transform: uppercase !important; opacity: .2 !important }
    a { color: lime !important; background: black !important; display: inline !important }
    div { float: left !important; width: 50% !important; display: flex !important }
    span { display: none !important } mark { all: unset !important }
    [role=status], [role=alert] { position: static !important; clip-path: none !important }
  </style>`;
  const tab = await typed((await pageSite(page(server.url, { head: hostile + script(server.url) }))).url, 'tourterelles');
  await tab.getByRole('option').first().waitFor();
  const seen = await tab.evaluate(() => {
    const [option] = document.querySelectorAll('[role=option]');
    const of = (element) => {
      const { color, display, fontSize, opacity, textTransform, float, letterSpacing } = getComputedStyle(element);
      return { color, display, fontSize, opacity, textTransform, float, letterSpacing };
    };
    const status = document.querySelector('[role=status]').getBoundingClientRect();
    return { option: of(option), text: of(option.firstChild), list: of(option.parentNode), status: status.width };
  });
  // Spacing is for the reader to set, and comes through.
  const own = { color: 'rgb(0, 0, 0)', display: 'block', fontSize: '16px', opacity: '1', textTransform: 'none', float: 'none', letterSpacing: '5px' };
  assert.deepEqual(seen, { option: own, text: own, list: own, status: 1 });
});

test('what the form inherits from the page comes through', async () => {
  const head = '<style>html { box-sizing: border-box } * { box-sizing: inherit }</style>';
  const tab = await browse();
  await tab.goto((await pageSite(page(server.url, { head: head + script(server.url) }))).url);
  await tab.waitForFunction(() => customElements.get('verbatim-search'));
  const sizing = await tab.evaluate(() => ['form', 'input', 'button'].map((name) => getComputedStyle(document.querySelector(name)).boxSizing));
  assert.deepEqual(sizing, ['border-box', 'border-box', 'border-box']);
});

test('markup in titles and texts is text', async () => {
  const tab = await typed(plain.url, 'balisage');
  await tab.getByRole('option', { name: /<b>balises<\/b> & des "guillemets" <img src=x onerror=alert\(1\)>/ }).waitFor();
  const shown = await tab.evaluate(() => {
    const { shadowRoot } = document.querySelector('[role=option] span');
    return { text: shadowRoot.textContent, tags: [...new Set([...shadowRoot.querySelectorAll('*')].map(({ localName }) => localName))].sort() };
  });
  assert.match(shown.text, /<script>alert\("balisage"\)<\/script>/);
  assert.deepEqual(shown.tags, ['mark', 'span']);
  await tab.locator('input').fill('<zzzqqq>');
  await tab.getByRole('status').filter({ hasText: '<zzzqqq>' }).waitFor();
  assert.equal(await tab.locator('zzzqqq').count(), 0);
  assert.deepEqual(tab.errors, []);
});

test('without JavaScript the form leads to the results, and from there to the passage', async () => {
  const tab = await browse({ javaScriptEnabled: false });
  await tab.goto(plain.url);
  await tab.getByRole('searchbox').fill('tourterelles');
  await tab.getByRole('button', { name: 'Rechercher' }).click();
  await tab.waitForURL(`${server.url}/?q=tourterelles`);
  await tab.locator('main a[href^="/transcripts/tourterelles"]').first().click();
  await tab.waitForURL(`${server.url}/transcripts/tourterelles**`);
});

test('a server stopped while one types: said once, and Enter still leads on', async () => {
  const dying = await serve();
  const tab = await typed((await pageSite(page(dying.url))).url, 'tortu');
  await tab.getByRole('option').first().waitFor();
  await dying.stop();
  await tab.keyboard.type('es');
  await tab.getByRole('alert').filter({ hasText: 'La recherche instantanée ne répond pas. Appuyez sur Entrée' }).waitFor();
  assert.equal(await tab.getByRole('listbox').count(), 0);
  assert.equal(await tab.getByText('Aucun passage').count(), 0, 'a failure is never an empty answer');
  const [request] = await Promise.all([
    tab.waitForRequest((request) => request.isNavigationRequest()),
    tab.keyboard.press('Enter'),
  ]);
  assert.equal(request.url(), `${dying.url}/?q=tortues`);
});

test('every kind of failure', async (t) => {
  const rows = [
    ['network', null],
    ['status', { status: 503, headers: json, body: '{}' }],
    ['status', { status: 429, headers: { ...json, 'retry-after': '1' }, body: '{}' }],
    ['format', { headers: json, body: '<!doctype html>' }],
    ['format', { headers: json, body: '{"results":null}' }],
    ['format', { headers: json, body: 'null' }],
    ['format', { headers: json, body: '{"results":[{"title":"T","url":"http://[","snippets":[]}],"total":1}' }],
    ['timeout', new Promise(() => {})],
  ];
  for (const [kind, answer] of rows) {
    await t.test(`${kind} ${answer?.body ?? ''}`, async () => {
      const failing = await site(({ url }) => (url.startsWith('/api/search') ? answer : undefined));
      if (!answer) await failing.stop();
      const tab = await browse();
      await tab.goto((await asking(failing.url, 'timeout="300"')).url);
      const told = tab.evaluate(() => new Promise((done) => addEventListener('verbatim-error', ({ detail }) => done(detail.kind), { once: true })));
      await tab.locator('input').pressSequentially('tortue');
      assert.equal(await told, kind);
      await tab.getByRole('alert').filter({ hasText: 'ne répond pas' }).waitFor();
      await tab.context().close();
    });
  }
});

test('after three failures a server is left alone', async () => {
  let asked = 0;
  const failing = await site(({ url }) => {
    asked += url.startsWith('/api/search');
    return { status: 503, headers: json };
  });
  const tab = await typed((await asking(failing.url, 'interval="0"')).url, 'tourterelles du préau', { });
  await until(() => asked >= 3);
  // The last answer may still be on its way, and one more question with it.
  await tab.waitForTimeout(500);
  const before = asked;
  await tab.keyboard.type(' et encore des mots');
  await tab.waitForTimeout(500);
  assert.equal(asked, before);
  assert.equal(await tab.getByRole('alert').textContent(), 'La recherche instantanée ne répond pas. Appuyez sur Entrée pour ouvrir la page de résultats.');
});

test('a server that knows no brief answers is understood', async (t) => {
  const old = await site(async ({ url }) => {
    const found = await fetch(server.url + url.replace(/&brief=\w+/, ''));
    return { body: await found.text(), headers: json };
  });
  for (const [attributes, leads] of [['', '/transcripts/'], ['target="player"', '/videos/embed/']])
    await t.test(attributes || 'target="page"', async () => {
      const tab = await typed((await asking(old.url, attributes)).url, 'tourterelles');
      const option = tab.getByRole('option', { name: /on compte les tourterelles sans faire de bruit/ });
      await option.waitFor();
      assert.match(await option.getAttribute('href'), new RegExp(leads));
    });
});

test('only pages of the web are linked', async () => {
  const passage = (url) => ({ text: 'un mot', highlights: [[3, 6]], segment: 1, start: 2, end: 3, url });
  const video = (url) => ({ id: url, title: 'T', description: null, url, snippets: [passage(url)] });
  const urls = ['javascript:alert(1)', 'data:text/html,x', '/transcripts/a', 'https://example.org/b', 'ftp://example.org/'];
  const evil = await site(({ url }) => ({
    headers: json,
    body: JSON.stringify(url.startsWith('/api/search') ? { query: 'mot', total: 5, suggestion: null, results: urls.map(video) } : { suggestions: [] }),
  }));
  const tab = await typed((await asking(evil.url)).url, 'mot');
  await tab.getByRole('option').first().waitFor();
  const links = () => tab.evaluate(() => [...document.querySelectorAll('[role=option]')].map(({ href }) => href));
  // A part of the word may have been answered first.
  await until(async () => (await links()).at(-1) === `${server.url}/?q=mot`);
  assert.deepEqual(await links(), [`${evil.url}/transcripts/a#t=2`, 'https://example.org/b#t=2', `${server.url}/?q=mot`]);
});

test('another origin may ask where the server allows it, and only there', async (t) => {
  // The server is told the address of the site, and the page the address of the server.
  let body;
  const other = await site(() => body);
  for (const [args, works] of [
    [[], false],
    [['--allow-origin', 'https://www.example.fr'], false],
    [['--allow-origin', other.url], true],
  ]) {
    await t.test(args.join(' ') || 'nobody is allowed', async () => {
      const guarded = await serve(args);
      const tab = await browse();
      body = page(guarded.url);
      await tab.goto(other.url);
      await tab.locator('input').pressSequentially('tourterelles');
      if (works) await tab.getByRole('option').first().waitFor();
      else await tab.getByRole('alert').filter({ hasText: 'ne répond pas' }).waitFor();
      const headers = (await fetch(`${guarded.url}/api/search?q=a`, { headers: { origin: 'https://ailleurs.example' } })).headers;
      assert.equal(headers.get('access-control-allow-origin'), null);
      if (args.length) assert.match(headers.get('vary') ?? '', /origin/i, 'a cache must not give one site the answer for another');
    });
  }
});

test('nothing around the box moves, and nothing is stored', async () => {
  const tab = await browse();
  await tab.addInitScript(() => {
    window.moved = [];
    // What is listed changes place in the panel with each answer.
    const around = ({ node }) => !(node?.closest ? node : node?.parentElement)?.closest('[slot=panel]');
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries()) moved.push(...sources.filter(around).map(({ node }) => `${node?.nodeName}`));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const asked = [];
  tab.on('request', (request) => asked.push(new URL(request.url()).origin));
  await tab.goto(plain.url);
  await tab.locator('input').pressSequentially('tourterelles');
  await tab.getByRole('option').first().waitFor();
  await tab.waitForTimeout(900);
  assert.deepEqual(await tab.evaluate('moved'), []);
  assert.deepEqual([...new Set(asked)].sort(), [plain.url, server.url].sort());
  assert.deepEqual(await tab.context().cookies(), []);
  assert.deepEqual(await tab.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
});

test('it fits: 320 pixels, letters of 200 %, and a reader’s spacing', async (t) => {
  const spacing = '<style>html{font-size:200%} *{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}</style>';
  for (const [name, head] of [['320 pixels', ''], ['200 % and spacing', spacing]]) {
    await t.test(name, async () => {
      const tab = await typed((await pageSite(page(server.url, { head: head + script(server.url) }))).url, 'classe', { viewport: { width: 320, height: 640 } });
      await tab.getByRole('option').first().waitFor();
      const [wide, cut] = await tab.evaluate(() => [
        document.documentElement.scrollWidth,
        [...document.querySelectorAll('[role=option], [role=option] > span')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).length,
      ]);
      assert.deepEqual([wide, cut], [320, 0]);
    });
  }
});
