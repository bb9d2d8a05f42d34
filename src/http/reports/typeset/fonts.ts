import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Font, openSync } from 'fontkit';
import { defined } from '../../../foundation/defined.ts';

const require = createRequire(import.meta.url);

/** How Han characters are drawn: the same code point looks otherwise in each of these traditions. */
export type HanForm = 'simplified' | 'traditional' | 'japanese' | 'korean';

interface Family {
  /** As the typesetter knows it. */
  readonly name: string;
  readonly regular: string;
  readonly bold: string;
  readonly han?: HanForm;
}

const google = (name: string, folder: string, file: string): Family => ({
  name,
  regular: `@expo-google-fonts/${folder}/400Regular/${file}_400Regular.ttf`,
  bold: `@expo-google-fonts/${folder}/700Bold/${file}_700Bold.ttf`,
});
const noto = (script: string): Family =>
  google(`Noto Sans ${script}`, `noto-sans-${script.toLowerCase()}`, `NotoSans${script}`);
const embedded = (name: string, folder: string, file: string, han?: HanForm): Family => {
  const suffix = han === undefined ? 'ttf' : 'otf';
  return {
    name,
    regular: `@embedpdf/fonts-${folder}/fonts/${file}-Regular.${suffix}`,
    bold: `@embedpdf/fonts-${folder}/fonts/${file}-Bold.${suffix}`,
    ...defined({ han }),
  };
};

/** Every family that a report may be written in, in the order in which a letter is looked for. */
export const families: readonly Family[] = [
  google('Noto Sans', 'noto-sans', 'NotoSans'),
  // of the years in which a letter was one glyph: where it is a body and its dots, readers copy the letter twice
  embedded('Noto Naskh Arabic', 'arabic', 'NotoNaskhArabic'),
  ...['Hebrew', 'Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi', 'Tamil', 'Telugu', 'Kannada'].map(noto),
  ...['Malayalam', 'Sinhala', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Ethiopic'].map(noto),
  google('Noto Emoji', 'noto-emoji', 'NotoEmoji'),
  embedded('Noto Sans S Chinese', 'sc', 'NotoSansHans', 'simplified'),
  embedded('Noto Sans T Chinese', 'tc', 'NotoSansHant', 'traditional'),
  embedded('Noto Sans Japanese', 'jp', 'NotoSansJP', 'japanese'),
  embedded('Noto Sans Korean', 'kr', 'NotoSansKR', 'korean'),
  // arrows, signs of mathematics, and scripts that have no family of their own here
  {
    name: 'DejaVu Sans',
    regular: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
    bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  },
];

/** The font files that are installed; a folder that was left out costs its letters, never the report. */
export function fontFiles(): readonly string[] {
  return installed().flatMap(({ regular, bold }) => [pathOf(regular), pathOf(bold)]);
}

/** The names of the families, with the wanted form of Han before the others. */
export function familyNames(han: HanForm): readonly string[] {
  const of = installed();
  const first = of.findIndex((family) => family.han !== undefined);
  const rest = of.filter((family, index) => index >= first && family.han !== han);
  return [...of.slice(0, Math.max(0, first)), ...of.filter((family) => family.han === han), ...rest].map(
    ({ name }) => name,
  );
}

const opened = new Map<string, Font>();
const drawn = new Map<string, boolean>();

/** Whether one font draws all of these characters, which is what one grapheme cluster asks for. */
export function canDraw(characters: string): boolean {
  const known = drawn.get(characters);
  if (known !== undefined) return known;
  const points = [...characters].map((character) => character.codePointAt(0) ?? 0);
  const can = installed().some(({ regular, bold }) =>
    [regular, bold].every((file) => points.every((point) => open(file).hasGlyphForCodePoint(point))),
  );
  if (drawn.size > 50_000) drawn.clear();
  drawn.set(characters, can);
  return can;
}

function open(file: string): Font {
  const known = opened.get(file);
  if (known !== undefined) return known;
  const font = openSync(pathOf(file));
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError(`${file} is a collection of fonts, not one`);
  opened.set(file, font);
  return font;
}

let here: readonly Family[] | undefined;

function installed(): readonly Family[] {
  here ??= families.filter(({ regular, bold }) => [regular, bold].every((file) => existsSync(pathOf(file))));
  return here;
}

/** A file of an installed package, wherever the package manager has put that: what it exports are no fonts. */
function pathOf(file: string): string {
  const folders = require.resolve.paths(file) ?? [];
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path)) ?? join('not-installed', file);
}
