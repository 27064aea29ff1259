import type { Citation } from '@docent/contracts';
import { Back } from './icons';
import { link } from './render-markdown';
import { Action, Typing, type View } from './view';

/** The passage around a citation; without `citation` it is still on its way, or `failed` says why it is not. */
export interface Passage {
  citation?: Citation;
  before?: string;
  quote?: string;
  after?: string;
  failed?: string;
}

export function PassageView({ strings, hidePassage, citation, before, quote, after, failed }: View & Passage) {
  return (
    <section class="log passage" aria-label={strings.sourceText} tabIndex={0}>
      <div class="rate">
        <Action label={strings.backText} onClick={hidePassage} icon={<Back />} />
        <h2 dir="auto">{citation?.title}</h2>
      </div>
      {citation?.page && <small>{`${strings.pageText} ${citation.page}`}</small>}
      {quote ? (
        <p dir="auto">
          {before}
          <mark>{quote}</mark>
          {after}
        </p>
      ) : failed ? (
        <p role="alert">{failed}</p>
      ) : (
        <Typing label={strings.sourceText} />
      )}
      {citation?.url && link(citation.url, strings.visitText)}
    </section>
  );
}
