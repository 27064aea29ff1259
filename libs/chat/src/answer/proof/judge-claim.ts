import { analyseText, baseLanguage, detectLanguage } from '@docent/language';
import type { Unsupported } from '@docent/contracts';
import type { AnswerPassage } from '../answer-passage';
import type { Support, SupportFinder } from '../find-support';
import { calendarWord } from './calendar-words';
import { contradicts } from './contradicts';
import { KnownPassage } from './known-passage';
import { proofNeededFor } from './needs-proof';
import { holdsName, namesKnown, namesStated } from './read-names';
import { figuresStated } from './read-numbers';

type Reason = Unsupported['reason'];

export type Verdict =
  /** Nothing to prove, or what is cited carries it. */
  | { kind: 'fine' }
  /** Nothing is cited, and this carries it. */
  | { kind: 'found'; support: Support }
  | { kind: 'unsupported'; reason: Reason };

/** Where the model names its source, little has to be shared: it may have used its own words. */
const leastShareCited = 0.25;
/** Where it names none, the words have to show by themselves where they come from. */
const leastShareFound = 0.5;
/** Code is rarely copied as it stands; its words must stand somewhere. */
const leastShareCode = 0.6;

/** Holds sentences of an answer against its passages. Once per sentence; reads each passage once, when it is first needed. */
export class ClaimJudge {
  private readonly known: (KnownPassage | undefined)[] = [];
  private asked: Set<string> | undefined;

  /** `question`: names that the visitor brought are not invented. */
  constructor(
    private readonly passages: AnswerPassage[],
    private readonly finder: SupportFinder,
    private readonly question: string,
  ) {}

  /** `claim` is without marks, `cited` what its marks resolve to. */
  judge(claim: string, cited: Support[]): Verdict {
    if (claim.startsWith('```')) return this.judgeCode(claim);
    const proof = proofNeededFor(claim);
    if (proof === 'none') return { kind: 'fine' };
    if (proof === 'figures') return verdictOf(this.missing(claim, cited.length > 0 ? this.behind(cited) : this.all()));
    const support = cited.length > 0 ? cited : this.found(claim);
    // A figure that stands nowhere says more than that the words do not match.
    if (support.length === 0) return verdictOf(this.missing(claim, this.all()) === 'number' ? 'number' : 'words');
    const reason = this.missing(claim, this.behind(support)) ?? this.mismatch(claim, support, cited.length > 0);
    return reason || cited.length > 0 ? verdictOf(reason) : { kind: 'found', support: support[0]! };
  }

  private judgeCode(code: string): Verdict {
    const all = this.all();
    if (!figuresStated(code).every((figure) => all.some((passage) => passage.holdsFigure(figure)))) return verdictOf('number');
    const words = [...namesKnown(code)];
    const found = words.filter((word) => all.some((passage) => passage.holdsWord(word)));
    return verdictOf(found.length < words.length * leastShareCode ? 'words' : undefined);
  }

  private found(claim: string): Support[] {
    const best = this.finder.anywhere(claim);
    return best && best.share >= leastShareFound ? [best] : [];
  }

  private missing(claim: string, sources: KnownPassage[]): 'number' | 'name' | undefined {
    if (!figuresStated(claim).every((figure) => sources.some((source) => source.holdsFigure(figure)))) return 'number';
    if (!/\p{Lu}/u.test(claim.slice(1))) return undefined;
    const language = detectLanguage(claim);
    const onlySigns = language === null || language === 'de' || sources.every((source) => differ(language, source.language));
    const isKnown = (name: string) => this.wasAsked(name) || sources.some((source) => source.holdsName(name));
    return namesStated(claim, onlySigns).every((name) => isKnown(name) || calendarWord(name)) ? undefined : 'name';
  }

  private mismatch(claim: string, support: Support[], isCited: boolean): 'words' | 'negation' | undefined {
    const language = detectLanguage(claim);
    const sources = this.behind(support);
    // Between languages only figures and names can speak.
    if (sources.some((source) => differ(language, source.language))) return isCited ? undefined : 'words';
    if (shareOf(claim, support, sources[0]!.language) < (isCited ? leastShareCited : leastShareFound)) return 'words';
    return support.every(({ quote }) => contradicts(claim, quote)) ? 'negation' : undefined;
  }

  private wasAsked(name: string): boolean {
    return holdsName((this.asked ??= namesKnown(this.question)), name);
  }

  private behind(support: Support[]): KnownPassage[] {
    return [...new Set(support.map(({ passage }) => this.read(passage)))];
  }

  private all(): KnownPassage[] {
    return this.passages.map((_, index) => this.read(index + 1));
  }

  private read(number: number): KnownPassage {
    return (this.known[number - 1] ??= new KnownPassage(this.passages[number - 1]!));
  }
}

function verdictOf(reason: Reason | undefined): Verdict {
  return reason ? { kind: 'unsupported', reason } : { kind: 'fine' };
}

/** Two languages that are both known and not the same. */
function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== baseLanguage(other);
}

/** Share of the claim's words in all that it cites together. */
function shareOf(claim: string, support: Support[], language: string | null): number {
  const terms = new Set(analyseText(claim, language));
  if (terms.size === 0) return 1;
  const there = new Set(analyseText(support.map(({ quote }) => quote).join('\n'), language));
  return [...terms].filter((term) => there.has(term)).length / terms.size;
}
