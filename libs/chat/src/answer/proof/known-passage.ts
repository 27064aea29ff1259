import { baseLanguage, detectLanguage } from '@docent/language';
import type { AnswerPassage } from '../answer-passage';
import { holdsName, namesKnown } from './read-names';
import { figuresKnown, type Readings } from './read-numbers';

/** What a passage with its title and headings can vouch for. Each kind is read when it is first asked for: few sentences state figures. */
export class KnownPassage {
  readonly language: string | null;
  private readonly text: string;
  private figures: Set<string> | undefined;
  private names: Set<string> | undefined;

  constructor({ text, title, headings, language }: AnswerPassage) {
    this.text = [title, ...headings, text].join('\n');
    this.language = baseLanguage(language) ?? detectLanguage(text);
  }

  holdsFigure(readings: Readings): boolean {
    const figures = (this.figures ??= figuresKnown(this.text));
    return readings.some((reading) => figures.has(reading));
  }

  holdsName(name: string): boolean {
    return holdsName((this.names ??= namesKnown(this.text)), name);
  }

  holdsWord(word: string): boolean {
    return (this.names ??= namesKnown(this.text)).has(word);
  }
}
