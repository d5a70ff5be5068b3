// Pages with a search box on them, as other sites would write them.

import { site } from './site.mjs';

/** The author's form. */
export const form = (server, { id = 'q', label = 'Rechercher dans les vidéos', value = '' } = {}) => `
  <form action="${server}/" method="get" role="search">
    <label for="${id}">${label}</label>
    <input id="${id}" name="q" type="search" value="${value}">
    <button>Rechercher</button>
  </form>`;

/** The element around a form, with attributes. */
export const box = (server, attributes = '', inside = form(server)) =>
  `<verbatim-search src="${server}/api/search" ${attributes}>${inside}</verbatim-search>`;

export const script = (server) => `<script type="module" src="${server}/verbatim-search.js"></script>`;

/** A whole page. */
export const page = (server, { body = box(server), head = script(server), lang = 'fr' } = {}) => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Un autre site</title>
<style>
  :root { color-scheme: light dark }
  body { margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#fff, #111); color: light-dark(#111, #eee) }
  a { color: light-dark(#00409e, #b5ccff) }
  button { border: 1px solid; background: light-dark(#fff, #111); color: inherit }
  form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
  input, button { font: inherit; padding: .4rem .6rem; min-width: 0 }
  input { flex: 1 1 10rem }
</style>
${head}
</head>
<body>
<main>
<h1>Un autre site</h1>
${body}
<p>Un paragraphe, et <a href="#suite">un lien</a>.</p>
</main>
</body>
</html>`;

/** Waits for the list of a query: its last option leads to the page of results, where completions of a query before lead too. */
export const listed = (tab, query) =>
  tab.getByRole('option', { name: /^(Tous les résultats|All results)/ }).and(tab.locator(`[href$="q=${query}"]`)).waitFor();

/** A site with one page; what it answers elsewhere can be given. */
export async function pageSite(html, headers = {}) {
  return site(({ url }) => (url.startsWith('/?') || url === '/' ? { body: html, headers } : undefined));
}
