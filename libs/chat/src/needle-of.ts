/** What to look for in what was said: without blanks around it, letters composed as keyboards mostly write them (Unicode, NFC). Null: nothing. */
export function needleOf(search: string | undefined): string | null {
  return search?.trim().normalize('NFC') || null;
}
