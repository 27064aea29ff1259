type Rgb = [number, number, number];

export interface RepairedColours {
  /** The owner's colour, as it is. */
  accent: string;
  /** Text on it: white where that reads, black otherwise. */
  onAccent: string;
  /** The same colour, moved towards black or white until it reads as text on `surface`. */
  ink: string;
}

/** At least 4.5:1 for text, as WCAG 2.2 (1.4.3) asks; black or white reaches it on any colour. Takes `#rrggbb`. */
export function repairContrast(accent: string, surface: string): RepairedColours {
  const target = luminance(surface) > 0.18 ? 0 : 255;
  let ink = parse(accent);
  for (let step = 0; step < 40 && contrast(format(ink), surface) < 4.5; step++)
    ink = ink.map((part) => part + Math.round((target - part) / 8 + Math.sign(target - part))) as Rgb;
  return { accent, onAccent: contrast(accent, '#ffffff') < 4.5 ? '#000000' : '#ffffff', ink: format(ink) };
}

/** Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = parse(colour).map((part) =>
    part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6,
  ) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const parse = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as Rgb;

const format = (rgb: Rgb) => '#' + rgb.map((part) => Math.min(255, Math.max(0, part)).toString(16).padStart(2, '0')).join('');
