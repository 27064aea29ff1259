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
    <section class="log passage" aria-label={strings.source} tabIndex={0}>
      <Action label={strings.back} onClick={hidePassage} icon={<Back />} />
      {citation ? (
        <div dir="auto">
          <h3>{citation.title}</h3>
          {citation.page && <small>{`${strings.page} ${citation.page}`}</small>}
          <p>
            {before}
            <mark>{quote}</mark>
            {after}
          </p>
          {citation.url && link(citation.url, strings.visit)}
        </div>
      ) : (
        failed ? <p role="alert">{failed}</p> : <Typing label={strings.source} />
      )}
    </section>
  );
}
