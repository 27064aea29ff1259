import { analyseText, baseLanguage, detectLanguage } from '@docent/language';
import type { Unsupported } from '@docent/contracts';
import type { AnswerPassage } from '../answer-passage';
import type { Support, SupportFinder } from '../find-support';
import { calendarWord } from './calendar-words';
import { contradicts } from './contradicts';
import { KnownPassage } from './known-passage';
import { proofNeededFor } from './needs-proof';
import { holdsName, namesKnown, namesStated, type NameForm } from './read-names';
import { figuresStated, type Readings } from './read-numbers';

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

/** What shares this much with its source copies it: nothing in it has to come from elsewhere. */
const nearQuote = 0.6;
/** Characters on both sides of a span from which a pronoun in it may have got its name. */
const besideSpan = 150;

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
    const reason =
      this.missing(claim, this.behind(support)) ??
      this.misquoted(claim, support) ??
      this.mismatch(claim, support, cited.length > 0);
    return reason || cited.length > 0 ? verdictOf(reason) : { kind: 'found', support: support[0]! };
  }

  private judgeCode(code: string): Verdict {
    const all = this.all();
    if (!hold(all, figuresStated(code))) return verdictOf('number');
    const words = [...namesKnown(code)];
    const found = words.filter((word) => all.some((passage) => passage.holdsWord(word)));
    return verdictOf(found.length < words.length * leastShareCode ? 'words' : undefined);
  }

  private found(claim: string): Support[] {
    const best = this.finder.anywhere(claim);
    return best && best.share >= leastShareFound ? [best] : [];
  }

  private missing(claim: string, sources: KnownPassage[]): 'number' | 'name' | undefined {
    const language = detectLanguage(claim);
    const isForeign = sources.every((source) => differ(language, source.language));
    if (!hold(sources, figuresStated(claim, isForeign))) return 'number';
    if (!/\p{Lu}/u.test(claim.slice(1))) return undefined;
    const form = isForeign ? 'mixed' : language === null || language === 'de' ? 'signs' : 'capitals';
    return this.knowsNames(claim, form, sources) ? undefined : 'name';
  }

  /** What copies a span word for word has its figures from there, and its names from there or from beside it; any noun of German counts. */
  private misquoted(claim: string, support: Support[]): 'number' | 'name' | undefined {
    const copied = support.filter(({ share }) => share >= nearQuote);
    if (copied.length === 0) return undefined;
    const figures = figuresStated(claim);
    if (
      figures.length > 0 &&
      !hold(
        copied.map((span) => this.around(span, 0)),
        figures,
      )
    )
      return 'number';
    if (!/\p{Lu}/u.test(claim.slice(1))) return undefined;
    return this.knowsNames(
      claim,
      'capitals',
      copied.map((span) => this.around(span, besideSpan)),
    )
      ? undefined
      : 'name';
  }

  private knowsNames(claim: string, form: NameForm, sources: KnownPassage[]): boolean {
    const isKnown = (name: string) =>
      this.wasAsked(name) || calendarWord(name) || sources.some((source) => source.holdsName(name));
    return namesStated(claim, form).every(isKnown);
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

  private around({ passage, start, end }: Support, reach: number): KnownPassage {
    const whole = this.passages[passage - 1]!;
    const from = Math.max(0, start - whole.start - reach);
    return new KnownPassage({ ...whole, text: whole.text.slice(from, end - whole.start + reach) });
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

function hold(sources: KnownPassage[], figures: Readings[]): boolean {
  return figures.every((figure) => sources.some((source) => source.holdsFigure(figure)));
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
