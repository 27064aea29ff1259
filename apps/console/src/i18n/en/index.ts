import { account } from './account';
import { apiKeys } from './api-keys';
import { bots } from './bots';
import { common } from './common';
import { conversations } from './conversations';
import { inbox } from './inbox';
import { knowledge } from './knowledge';
import { members } from './members';
import { overview } from './overview';
import { playground } from './playground';
import { preparedReplies } from './prepared-replies';
import { settings } from './settings';
import { setup } from './setup';
import { shell } from './shell';
import { transcript } from './transcript';
import { usage } from './usage';
import { widget } from './widget';

/** Every English text of the console, by place. */
export const en = {
  account,
  apiKeys,
  bots,
  common,
  conversations,
  inbox,
  knowledge,
  members,
  overview,
  playground,
  preparedReplies,
  settings,
  setup,
  shell,
  transcript,
  usage,
  widget,
} as const;
