import type { WordList } from '@docent/ports';
import type { FormTable } from './term-table';

/** Words that were read elsewhere come as numbers of a list. Remembers of each list which form of this index each of its words is. */
export class ListedForms {
  /** By the list's number; -1 where the word was not met yet. */
  private readonly listed = new WeakMap<WordList, Int32Array>();

  constructor(private readonly forms: FormTable) {}

  /** The forms of this index for words of a list: new ones are numbered here in the order in which they come. */
  ownNumbers(words: WordList, numbers: Int32Array): Int32Array {
    const known = this.knownOf(words);
    const own = new Int32Array(numbers.length);
    for (let at = 0; at < numbers.length; at++) {
      const word = numbers[at]!;
      if (known[word] === -1) known[word] = this.forms.intern(words.forms[word]!, words.terms[word]!);
      own[at] = known[word]!;
    }
    return own;
  }

  /** A list grows, and may have grown since last time. */
  private knownOf(words: WordList): Int32Array {
    const known = this.listed.get(words);
    if (known && known.length >= words.forms.length) return known;
    const grown = new Int32Array(words.forms.length + (words.forms.length >> 1)).fill(-1);
    if (known) grown.set(known);
    this.listed.set(words, grown);
    return grown;
  }
}
