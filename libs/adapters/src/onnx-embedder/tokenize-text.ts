import { Tokenizer } from '@huggingface/tokenizers';
import { ModelFolderError, type ModelFolder } from './read-model-folder';

/** No token of any model is longer than this, so what lies behind need not be read. */
const charactersPerToken = 40;

/** Turns a text into the numbers of its tokens, at most the model's window, with the marks that the model wants around them. */
export type TokenizeText = (text: string) => number[];

/** Throws {@link ModelFolderError} where the tokenizer cannot be understood. */
export function openTokenizer({ tokenizer, tokenizerConfig, window }: ModelFolder): TokenizeText {
  const model = construct(tokenizer, tokenizerConfig);
  const marks = findMarks(model);
  const room = window - marks.before.length - marks.after.length;
  return (text) => {
    const ids = model.encode(text.slice(0, window * charactersPerToken).toWellFormed(), { add_special_tokens: false }).ids;
    return [...marks.before, ...ids.slice(0, room), ...marks.after];
  };
}

function construct(tokenizer: object, config: object): Tokenizer {
  try {
    const model = new Tokenizer(tokenizer, config);
    model.encode('a');
    return model;
  } catch {
    throw new ModelFolderError('a tokenizer.json that @huggingface/tokenizers can read');
  }
}

/** What the model puts before and behind each text: cutting a text must not cut them off. */
function findMarks(model: Tokenizer): { before: number[]; after: number[] } {
  const bare = model.encode('a', { add_special_tokens: false }).ids;
  const marked = model.encode('a').ids;
  const start = marked.findIndex((_, at) => bare.every((id, offset) => marked[at + offset] === id));
  return start < 0 ? { before: [], after: [] } : { before: marked.slice(0, start), after: marked.slice(start + bare.length) };
}
