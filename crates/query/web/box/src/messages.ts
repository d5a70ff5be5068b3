/** What the box says, in French and English. */

import type { Strings } from '../verbatim-search';

const fr: Strings = {
  label: 'Rechercher dans les vidéos',
  submit: 'Rechercher',
  list: 'Passages trouvés',
  results: (videos) => `${videos} vidéo${videos > 1 ? 's' : ''}`,
  browse: 'Flèche bas pour parcourir les passages.',
  none: (query) => `Aucun passage pour « ${query} ».`,
  corrected: (query, searched) => `${fr.none(query)} Résultats pour « ${searched} ».`,
  failed: 'La recherche instantanée ne répond pas. Appuyez sur Entrée pour ouvrir la page de résultats.',
  moment: (seconds) => `à ${duration(seconds, 'fr')}`,
  all: (videos) => `Tous les résultats : ${fr.results(videos)}`,
};

const en: Strings = {
  label: 'Search the videos',
  submit: 'Search',
  list: 'Passages found',
  results: (videos) => `${videos} video${videos > 1 ? 's' : ''}`,
  browse: 'Press down arrow to browse the passages.',
  none: (query) => `No passage for “${query}”.`,
  corrected: (query, searched) => `${en.none(query)} Showing “${searched}”.`,
  failed: 'Instant search is not responding. Press Enter to open the results page.',
  moment: (seconds) => `at ${duration(seconds, 'en')}`,
  all: (videos) => `All results: ${en.results(videos)}`,
};

/** `1 minute 23 secondes`; what is nought is left out, unless all is. */
function duration(seconds: number, language: string): string {
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map(Math.floor)
    .map((count, at) => {
      const unit = ['hour', 'minute', 'second'][at];
      return count || (at > 1 && seconds < 1) ? count.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' }) : '';
    })
    .filter(Boolean)
    .join(' ');
}

/** The messages in the language that `element` is in, by the nearest `lang`; French where that is neither. */
export const stringsFor = (element: Element): Strings => (element.matches(':lang(en)') ? en : fr);
