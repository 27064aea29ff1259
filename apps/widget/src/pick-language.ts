/** The code of the language file that is nearest to a language as pages and browsers name it, such as `de-AT`. */
export function pickLanguage(wanted: string): string {
  return /^(de|es|fr|ru|ar|hi|zh|ja|th)\b/i.exec(wanted)?.[0].toLowerCase() ?? 'en';
}

/** The language of the page, or else of the browser. */
export const pageLanguage = () => document.documentElement.lang || navigator.language;
