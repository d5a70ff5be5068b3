// The search box does what its specification says: keyboard, texts, requests, and every place it may stand in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { box, form, page, pageSite, script } from './box.mjs';
import { browse, serve, site, until } from './site.mjs';

const server = await serve();
const plain = await pageSite(page(server.url));

/** Opens a page and puts the cursor into its first field. */
async function visit(url, options) {
  const tab = await browse(options);
  await tab.goto(url);
  await tab.locator('input').first().focus();
  return tab;
}

/** Types a query and waits for its list. */
async function ask(tab, query, at = 0) {
  const element = tab.locator('verbatim-search').nth(at);
  await element.locator('input').pressSequentially(query, { delay: 5 });
  await listed(tab, query, at);
}

/** Waits until the list answers to a query. */
const listed = (tab, query, at = 0) =>
  until(() => tab.evaluate(([query, at]) => {
    const element = document.querySelectorAll('verbatim-search')[at];
    const last = element.querySelector('[role=option]:last-child');
    return element.open && last && new URL(last.href).searchParams.get('q') === query;
  }, [query, at]), `the list for ${query}`);

/** What can be seen of the box: its text, whether it is open, which option is chosen, where the focus is. */
const state = (tab) =>
  tab.evaluate(() => {
    const element = document.querySelector('verbatim-search');
    const input = element.querySelector('input');
    const options = [...element.querySelectorAll('[role=option]')];
    const chosen = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    const active = input.getAttribute('aria-activedescendant');
    return {
      text: input.value,
      open: element.open && input.getAttribute('aria-expanded') === 'true',
      chosen: chosen < 0 ? 'none' : chosen === 0 ? 'first' : chosen === options.length - 1 ? 'last' : String(chosen),
      agrees: (chosen < 0 ? null : options[chosen].id) === active,
      focus: document.activeElement === input,
      caret: input.selectionStart,
    };
  });

// The list of “tourterelles”: two passages and the page of results.
const KEYS = [
  // keys before, key, what then holds
  [['Alt+ArrowUp'], 'ArrowDown', { open: true, chosen: 'first' }],
  [['Alt+ArrowUp'], 'ArrowUp', { open: true, chosen: 'last' }],
  [['Alt+ArrowUp'], 'Alt+ArrowDown', { open: true, chosen: 'none' }],
  [[], 'ArrowDown', { open: true, chosen: 'first' }],
  [[], 'ArrowUp', { open: true, chosen: 'last' }],
  [['ArrowDown'], 'ArrowDown', { open: true, chosen: '1' }],
  [['ArrowDown', 'ArrowDown'], 'ArrowUp', { open: true, chosen: 'first' }],
  [['ArrowDown'], 'ArrowUp', { open: true, chosen: 'none' }],
  [['ArrowUp'], 'ArrowDown', { open: true, chosen: 'none' }],
  [['ArrowDown'], 'Alt+ArrowUp', { open: false, chosen: 'none' }],
  [['ArrowDown'], 'Escape', { open: false, chosen: 'none', text: 'tourterelles', focus: true }],
  [['Escape'], 'Escape', { open: false, text: '' }],
  [['ArrowDown'], 'Home', { open: true, chosen: 'none', caret: 0 }],
  [['ArrowDown'], 'End', { open: true, chosen: 'none', caret: 12 }],
  [['ArrowDown'], 'ArrowLeft', { open: true, chosen: 'none', caret: 11 }],
  [['Home', 'ArrowDown'], 'ArrowRight', { open: true, chosen: 'none', caret: 1 }],
  [['ArrowDown'], 'Tab', { open: false, focus: false, text: 'tourterelles' }],
];

test('keyboard', async (t) => {
  const tab = await browse();
  for (const [before, key, expected] of KEYS) {
    await t.test([...before, key].join(' '), async () => {
      await tab.goto(plain.url);
      await tab.locator('input').focus();
      await ask(tab, 'tourterelles');
      for (const press of [...before, key]) await tab.keyboard.press(press);
      const now = await state(tab);
      assert.deepEqual({ ...now, ...expected }, now);
      assert.ok(now.agrees, 'aria-activedescendant is the chosen option');
    });
  }
});

test('Enter', async (t) => {
  const rows = [
    // keys, with or without a list, and the address it leads to
    [[], /^\/\?q=tourterelles$/],
    [['Escape'], /^\/\?q=tourterelles$/],
    [['ArrowDown'], /^\/transcripts\/tourterelles\?q=tourterelles#t=\d+$/],
    [['ArrowUp'], /^\/\?q=tourterelles$/],
  ];
  const tab = await browse();
  for (const [keys, expected] of rows) {
    await t.test([...keys, 'Enter'].join(' '), async () => {
      await tab.goto(plain.url);
      await tab.locator('input').focus();
      await ask(tab, 'tourterelles');
      for (const press of [...keys, 'Enter']) await tab.keyboard.press(press);
      await tab.waitForURL(`${server.url}/**`);
      assert.match(tab.url().slice(server.url.length), expected);
    });
  }
  await t.test('Control+Enter opens a tab and leaves the list', async () => {
    const tab = await visit(plain.url);
    await ask(tab, 'tourterelles');
    await tab.keyboard.press('ArrowDown');
    const [opened] = await Promise.all([tab.context().waitForEvent('page'), tab.keyboard.press('Control+Enter')]);
    await opened.waitForURL(`${server.url}/transcripts/**`);
    assert.equal((await state(tab)).open, true);
    await tab.context().close();
  });
});

test('Escape that closes the list is not heard by the page; the next one is', async () => {
  const tab = await visit(plain.url);
  await tab.evaluate(() => {
    window.heard = 0;
    addEventListener('keydown', ({ key }) => (window.heard += key === 'Escape'));
  });
  await ask(tab, 'tourterelles');
  await tab.keyboard.press('Escape');
  assert.equal(await tab.evaluate('heard'), 0);
  await tab.keyboard.press('Escape');
  assert.equal(await tab.evaluate('heard'), 1);
});

test('a pointer follows passages, and closes the list elsewhere', async () => {
  const tab = await visit(plain.url);
  await ask(tab, 'tourterelles');
  await tab.locator('h1').click();
  assert.equal((await state(tab)).open, false);
  await tab.locator('input').press('ArrowDown');
  await tab.locator('[role=option]').first().click();
  await tab.waitForURL(`${server.url}/transcripts/**`);
});

test('an input method keeps its keys', async () => {
  const tab = await visit(plain.url);
  await ask(tab, 'tourterelles');
  await tab.keyboard.press('ArrowDown');
  const protocol = await tab.context().newCDPSession(tab);
  await protocol.send('Input.imeSetComposition', { text: '`', selectionStart: 1, selectionEnd: 1 });
  // An input method keeps the keys by which one chooses among its proposals.
  const before = await state(tab);
  const kept = await tab.evaluate(() =>
    ['Enter', 'ArrowDown', 'Escape', 'Home'].map((key) =>
      [{ isComposing: true }, { keyCode: 229 }].map((how) =>
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how })),
      ),
    ),
  );
  assert.deepEqual(kept.flat(), Array(8).fill(true), 'no key is taken from it');
  assert.deepEqual(await state(tab), before);
  assert.equal(tab.url(), `${plain.url}/`);
  await protocol.send('Input.imeSetComposition', { text: 'è', selectionStart: 1, selectionEnd: 1 });
  await protocol.send('Input.insertText', { text: 'è' });
  assert.equal((await state(tab)).text, 'tourterellesè');
  await tab.locator('input').fill('');
  // What is composed is searched as it grows: on Android nothing else is ever typed.
  await protocol.send('Input.imeSetComposition', { text: 'tortue', selectionStart: 6, selectionEnd: 6 });
  await listed(tab, 'tortue');
});

test('what was typed before the script came is kept, and asked', async () => {
  let release;
  const late = new Promise((done) => (release = done));
  const slow = await site(async () => {
    await late;
    const body = await (await fetch(`${server.url}/verbatim-search.js`)).text();
    return { body, headers: { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' } };
  });
  const other = await pageSite(page(server.url, { head: script(slow.url) }));
  const tab = await browse();
  await tab.goto(other.url, { waitUntil: 'commit' });
  await tab.locator('input').focus();
  await tab.keyboard.type('tortue');
  await tab.keyboard.press('ArrowLeft');
  assert.equal(await tab.evaluate(() => !!customElements.get('verbatim-search')), false);
  release();
  await listed(tab, 'tortue');
  const { text, focus, caret } = await state(tab);
  assert.deepEqual({ text, focus, caret }, { text: 'tortue', focus: true, caret: 5 });
});

test('a page of results with a filled field opens nothing by itself', async () => {
  const filled = page(server.url, { body: box(server.url, '', form(server.url, { value: 'tortue' }).replace('<input', '<input autofocus')) });
  const tab = await visit((await pageSite(filled)).url);
  await tab.waitForFunction(() => document.activeElement?.role === 'combobox');
  await tab.waitForTimeout(400);
  assert.equal((await state(tab)).open, false);
  await tab.keyboard.press('ArrowDown');
  await listed(tab, 'tortue');
  assert.equal((await state(tab)).chosen, 'first');
});

test('two boxes on a page keep apart', async () => {
  const second = form(server.url, { id: 'q2', label: 'Chercher ailleurs' });
  const tab = await visit((await pageSite(page(server.url, { body: box(server.url) + box(server.url, '', second) }))).url);
  await ask(tab, 'tortue', 1);
  assert.deepEqual(await tab.evaluate(() => [...document.querySelectorAll('verbatim-search')].map(({ open }) => open)), [false, true]);
  const ids = await tab.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, 'no id twice');
  assert.equal(await tab.getByRole('search', { name: 'Rechercher dans les vidéos' }).count(), 1);
  assert.equal(await tab.getByRole('search', { name: 'Chercher ailleurs' }).count(), 1);
});

test('an empty tag becomes a form', async () => {
  const empty = `<verbatim-search src="${server.url}/api/search" action="${server.url}/" name="q" label="Chercher une vidéo"></verbatim-search>`;
  const tab = await visit((await pageSite(page(server.url, { body: empty }))).url);
  assert.equal(await tab.getByRole('combobox', { name: 'Chercher une vidéo' }).count(), 1);
  assert.ok(await tab.evaluate(() => parseFloat(getComputedStyle(document.querySelector('input')).fontSize) >= 16));
  await ask(tab, 'tortue');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(`${server.url}/?q=tortue`);
});

test('inside another shadow tree, in the language around it', async () => {
  const tab = await visit(plain.url);
  await tab.evaluate((html) => {
    const host = document.createElement('section');
    host.lang = 'en-GB';
    host.attachShadow({ mode: 'open' }).innerHTML = html;
    document.querySelector('main').replaceChildren(host);
  }, box(server.url));
  await tab.locator('input').pressSequentially('tortue');
  await tab.getByRole('option').first().waitFor();
  await tab.keyboard.press('ArrowDown');
  assert.equal(await tab.getByRole('listbox', { name: 'Passages found' }).count(), 1);
  assert.equal(await tab.getByRole('option', { selected: true }).count(), 1);
  const painted = await tab.evaluate(() => {
    const [option] = document.querySelector('section').shadowRoot.querySelectorAll('[role=option]');
    return getComputedStyle(option).display;
  });
  assert.equal(painted, 'block');
});

test('moved on the page, and taken off and put back', async () => {
  const tab = await visit(plain.url);
  await ask(tab, 'tortue');
  await tab.evaluate(() => document.querySelector('main').append(document.querySelector('verbatim-search')));
  assert.equal((await state(tab)).open, true, 'a move within a task loses nothing');
  await tab.evaluate(async () => {
    const element = document.querySelector('verbatim-search');
    element.remove();
    await new Promise((done) => setTimeout(done));
    document.querySelector('main').append(element);
  });
  assert.equal((await state(tab)).open, false);
  await tab.locator('input').fill('tourterelles');
  await listed(tab, 'tourterelles');
  assert.equal(await tab.locator('[role=listbox]').count(), 1);
});

test('one request at a time, the latest text wins, and what was answered is remembered', async () => {
  let running = 0, most = 0;
  const asked = [];
  const slow = await site(async ({ url }) => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (pathname !== '/api/search') return { status: 404 };
    most = Math.max(most, ++running);
    asked.push(searchParams.get('q'));
    await new Promise((done) => setTimeout(done, 80));
    running -= 1;
    const found = await fetch(server.url + url);
    return { body: await found.text(), headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' } };
  });
  const there = box(server.url, 'interval="0"').replace(`src="${server.url}`, `src="${slow.url}`);
  const tab = await visit((await pageSite(page(server.url, { body: there }))).url);
  await tab.locator('input').pressSequentially('tourterelles', { delay: 15 });
  await listed(tab, 'tourterelles');
  assert.equal(most, 1);
  assert.ok(asked.length < 11, `fewer requests than keys: ${asked}`);
  const before = asked.length;
  await tab.locator('input').fill('tortue');
  await listed(tab, 'tortue');
  await tab.locator('input').fill('tourterelles');
  await listed(tab, 'tourterelles');
  assert.equal(asked.length, before + 1, `remembered: ${asked}`);
});

test('interval', async () => {
  const there = box(server.url, 'interval="300" limit="1"');
  const tab = await visit((await pageSite(page(server.url, { body: there }))).url);
  await tab.locator('input').pressSequentially('tourterelles', { delay: 40 });
  await listed(tab, 'tourterelles');
  // As the browser sends them; when they arrive, a busy machine says.
  const times = await tab.evaluate(() =>
    performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/search')).map(({ startTime }) => startTime),
  );
  const gaps = times.slice(1).map((time, at) => time - times[at]);
  assert.ok(times.length > 1 && gaps.every((gap) => gap > 250), `${gaps}`);
});

test('attributes reach the server', async () => {
  const tab = await visit((await pageSite(page(server.url, { body: box(server.url, 'limit="3" passages="1" area="Domaine 1" min="3"') }))).url);
  const [request] = await Promise.all([
    tab.waitForRequest(/api.search/),
    tab.locator('input').pressSequentially('GAR', { delay: 60 }),
  ]);
  const { searchParams } = new URL(request.url());
  assert.deepEqual(Object.fromEntries(searchParams), { q: 'GAR', limit: '3', snippets: '1', brief: 'page', area: 'Domaine 1' });
  assert.equal(request.headers().cookie, undefined);
});

test('target=player leads to the video at the moment', async () => {
  const tab = await visit((await pageSite(page(server.url, { body: box(server.url, 'target="player"') }))).url);
  await ask(tab, 'tourterelles');
  const href = await tab.locator('[role=option]').first().getAttribute('href');
  assert.match(href, /^https:\/\/videos\.example\.org\/videos\/embed\/[\w-]+\?start=\d+s?$/);
});

test('a transcript without times leads to the paragraph', async () => {
  const tab = await visit(plain.url);
  await ask(tab, 'tortue');
  assert.match(await tab.locator('[role=option]').first().getAttribute('href'), /\/transcripts\/tortue\?q=tortue#s\d+$/);
});

test('properties, methods and events', async () => {
  const tab = await visit(plain.url);
  const told = await tab.evaluate(async () => {
    const element = document.querySelector('verbatim-search');
    const told = [];
    for (const name of ['query', 'results', 'select', 'error'])
      document.addEventListener(`verbatim-${name}`, ({ type, detail, composed }) => told.push([type, detail, composed]));
    element.strings = { list: 'Trouvailles', all: (videos) => `Tout voir (${videos})` };
    const answered = new Promise((done) => element.addEventListener('verbatim-results', done, { once: true }));
    element.search('tourterelles');
    await answered;
    const opened = [element.value, element.open, element.querySelector('[role=option]:last-child').firstChild.shadowRoot.textContent];
    element.addEventListener('verbatim-select', (event) => event.preventDefault(), { once: true });
    element.querySelector('[role=option]').click();
    const { url, video, start, q } = told.at(-1)[1];
    element.close();
    element.open = true;
    const again = element.open;
    element.open = false;
    element.addEventListener('verbatim-query', (event) => event.preventDefault(), { once: true });
    element.search('tortue');
    await new Promise((done) => setTimeout(done, 400));
    return { opened, names: told.map(([type]) => type), composed: told.every((one) => one[2]), selected: { url, title: video.title, start, q }, again, after: element.open };
  });
  assert.deepEqual(told.opened, ['tourterelles', true, 'Tout voir (1)']);
  assert.deepEqual(told.names, ['verbatim-query', 'verbatim-results', 'verbatim-select', 'verbatim-query']);
  assert.equal(told.composed, true);
  assert.equal(told.selected.title, 'Les tourterelles du préau');
  assert.equal(told.selected.q, 'tourterelles');
  assert.ok(told.selected.start > 20 && told.selected.url.endsWith(`#t=${Math.floor(told.selected.start)}`), JSON.stringify(told.selected));
  assert.deepEqual([told.again, told.after], [true, false]);
  assert.equal(tab.url(), `${plain.url}/`, 'a prevented choice leads nowhere');
});

test('a shortcut needs a modifier, and belongs to the first box', async () => {
  const two = box(server.url, 'shortcut="mod+k"') + box(server.url, 'shortcut="ctrl+k"', form(server.url, { id: 'q2', label: 'Ailleurs' }));
  const tab = await browse();
  await tab.goto((await pageSite(page(server.url, { body: two }))).url);
  await tab.waitForFunction(() => customElements.get('verbatim-search'));
  await tab.keyboard.press('Control+k');
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'q');
  for (const refused of ['k', '/', 'shift+k']) {
    await tab.goto((await pageSite(page(server.url, { body: box(server.url, `shortcut="${refused}"`) }))).url);
    await tab.waitForFunction(() => customElements.get('verbatim-search'));
    await tab.keyboard.press(refused === 'shift+k' ? 'Shift+K' : refused);
    assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'BODY', refused);
  }
});

test('the last word is completed where the list has room', async () => {
  const tab = await visit(plain.url);
  await ask(tab, 'sauveg');
  const completion = tab.getByRole('option', { name: 'sauvegarder', exact: true });
  await completion.waitFor();
  await completion.click();
  await listed(tab, 'sauvegarder');
  const { text, focus } = await state(tab);
  assert.deepEqual({ text, focus }, { text: 'sauvegarder', focus: true });
});
