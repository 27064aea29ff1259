/** Black or white, whichever is easier to read on a colour (`#rrggbb`). At least 4.5:1 on any colour (WCAG 2, 1.4.3). */
export function textColourOn(background: string): '#ffffff' | '#000000' {
  const luminance = relativeLuminance(background);
  const onWhite = 1.05 / (luminance + 0.05);
  const onBlack = (luminance + 0.05) / 0.05;
  return onWhite >= 4.5 || onWhite >= onBlack ? '#ffffff' : '#000000';
}

/** WCAG 2 relative luminance, 0 to 1; an unreadable value counts as black. */
export function relativeLuminance(colour: string): number {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? '000000';
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const share = parseInt(digits.slice(start, start + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
