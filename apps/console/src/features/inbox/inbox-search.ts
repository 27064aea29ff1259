import { z } from 'zod';
import { InboxView } from '@docent/contracts';

/** What the address of the inbox says: which list, and what is left out of it. */
export const InboxSearch = z.object({
  view: InboxView.optional().catch(undefined),
  botId: z.string().optional().catch(undefined),
  tag: z.string().max(40).optional().catch(undefined),
  topic: z.string().max(80).optional().catch(undefined),
  search: z.string().max(200).optional().catch(undefined),
});
export type InboxSearch = z.infer<typeof InboxSearch>;

/** The list that is open when the address names none. */
export const firstView: InboxView = 'all';
