import type { MeaningMap } from '@docent/contracts';
import type { Cross, MapContent } from './draw-map';
import { colourOf, type Scheme, type SourceGroup } from './source-colours';

export interface MapFilters {
  /** Sources that are not drawn. */
  hidden: ReadonlySet<string>;
  answered: boolean;
  unanswered: boolean;
}

/** What is drawn of a map under these filters. */
export function makeContent(map: MeaningMap, groups: readonly SourceGroup[], filters: MapFilters, scheme: Scheme): MapContent {
  const colours = new Map(groups.flatMap((group, place) => group.ids.map((id) => [id, colourOf(group, place, scheme)] as const)));
  const fallback = colours.values().next().value ?? '#888888';
  return {
    dots: map.points.flatMap(({ sourceId, x, y }, index) =>
      filters.hidden.has(sourceId) ? [] : [{ x, y, index, colour: colours.get(sourceId) ?? fallback }],
    ),
    crosses: toCrosses(map, filters),
    labels: map.topics.map(({ title, passages, x, y }) => ({ words: title, weight: passages, x, y })),
  };
}

/** One cross for all questions of the same words. */
function toCrosses({ questions }: MeaningMap, filters: MapFilters): Cross[] {
  const crosses = new Map<string, Cross & { asked: number[] }>();
  questions.forEach(({ text, place, answered }, index) => {
    if (!place || !(answered ? filters.answered : filters.unanswered)) return;
    const key = `${answered} ${text}`;
    const known = crosses.get(key);
    if (known) known.asked.push(index);
    else crosses.set(key, { ...place, answered, index, asked: [index] });
  });
  return [...crosses.values()];
}
