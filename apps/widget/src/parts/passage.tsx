import type { Citation } from '@docent/contracts';
import { Back } from '../icons';
import { Action, Typing, wear, type Kit, type Parts } from '../parts';
import { link } from '../render-markdown';
import styles from './passage.css?inline';

/** The passage around a citation; without `citation` it is still on its way, or `failed` says why it is not. */
interface Passage {
  citation?: Citation;
  before?: string;
  quote?: string;
  after?: string;
  failed?: string;
}

/** Shows the passage behind a citation in place of the conversation. */
export default function passagePart({ view, more, box }: Kit): Parts['passage'] {
  let passage: Passage = {};
  wear(box, styles);
  const page = () => {
    const { citation, before, quote, after, failed } = passage;
    const { strings } = view;
    return (
      <section class="log page" aria-label={strings.sourceText} tabIndex={0}>
        <div class="rate">
          <Action label={more.backText} onClick={view.closePage} icon={<Back />} />
          <h2 dir="auto">{citation?.title}</h2>
        </div>
        {citation?.page && <small>{`${more.pageText} ${citation.page}`}</small>}
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
        {citation?.url && link(citation.url, more.visitText)}
      </section>
    );
  };
  return {
    async show(turnId, n) {
      passage = {};
      view.openPage(page);
      passage = await view.client
        .call('GET', `turns/${turnId}/citations/${n}`)
        .then((response) => response.json())
        .catch((error: Error) => ({ failed: error.message }));
      view.draw();
      box.querySelector('mark')?.scrollIntoView({ block: 'nearest' });
    },
  };
}
