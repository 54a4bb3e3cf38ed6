import type { Family } from '../../workers/protocol/vocabulary.ts';
import type { TypeFamily } from './families.ts';

/** The tokens as plain colours, for drawing on a canvas. Read again when the theme changes. */
export interface Palette {
  theme: 'light' | 'dark';
  family: Readonly<Record<TypeFamily, string>>;
  /** Youngest first. */
  age: readonly string[];
  ageUntraced: string;
  /** From little to much. */
  growth: readonly string[];
  shrinkage: readonly string[];
  /** Text on a mark; {@link textOn} picks the more readable one. */
  markText: string;
  markTextLight: string;
  surface: string;
  surfaceRaised: string;
  surfaceSunken: string;
  surfaceSelected: string;
  border: string;
  borderStrong: string;
  text: string;
  textMuted: string;
  accent: string;
  share: string;
  /** Hatching lines over unreachable objects. */
  hatch: string;
  chartGrid: string;
  /** The semi-transparent surface colour, for fading marks. */
  dim: string;
  fontSans: string;
  fontMono: string;
}

/** Reads the tokens as they apply to `element`. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => longHex(style.getPropertyValue(`--${name}`).trim());
  const scale = (name: string, steps: number) =>
    Array.from({ length: steps }, (_, step) => token(`${name}-${step}`));
  return {
    theme: element.ownerDocument.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
    family: {
      text: token('family-text'),
      list: token('family-list'),
      map: token('family-map'),
      object: token('family-object'),
      class: token('family-class'),
      data: token('family-data'),
      number: token('family-number'),
      internal: token('family-internal'),
      mixed: token('family-mixed'),
    },
    age: scale('age', 7),
    ageUntraced: token('age-untraced'),
    growth: scale('growth', 4),
    shrinkage: scale('shrinkage', 4),
    markText: token('mark-text'),
    markTextLight: token('mark-text-light'),
    surface: token('surface'),
    surfaceRaised: token('surface-raised'),
    surfaceSunken: token('surface-sunken'),
    surfaceSelected: token('surface-selected'),
    border: token('border'),
    borderStrong: token('border-strong'),
    text: token('text'),
    textMuted: token('text-muted'),
    accent: token('accent'),
    share: token('share'),
    hatch: token('hatch'),
    chartGrid: token('chart-grid'),
    dim: token('dim'),
    fontSans: token('font-sans'),
    fontMono: token('font-mono'),
  };
}

/** The build shortens `#ffffff` to `#fff`, but colours are computed from six digits. */
function longHex(token: string): string {
  const digits = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(token);
  return digits
    ? `#${digits
        .slice(1)
        .map(digit => digit.repeat(2))
        .join('')}`
    : token;
}

/** The colour of a family; null = mixed. */
export function familyColour(palette: Palette, family: Family | null): string {
  return palette.family[family ?? 'mixed'];
}

/** The colour of an age from 0 (youngest) to 1 (oldest); null = untraced. */
export function ageColour(palette: Palette, age: number | null): string {
  if (age === null) return palette.ageUntraced;
  const step = Math.round(Math.min(1, Math.max(0, age)) * (palette.age.length - 1));
  return palette.age[step] ?? palette.ageUntraced;
}

/** The more readable text colour on `background` (`#rrggbb`), by WCAG contrast. */
export function textOn(palette: Palette, background: string): string {
  const luminance = relativeLuminance(background);
  const onDarkText = (luminance + 0.05) / (relativeLuminance(palette.markText) + 0.05);
  const onLightText = (relativeLuminance(palette.markTextLight) + 0.05) / (luminance + 0.05);
  return onDarkText >= onLightText ? palette.markText : palette.markTextLight;
}

/** Relative luminance of `#rrggbb`, 0 … 1 (WCAG 2). */
export function relativeLuminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
