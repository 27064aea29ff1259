import { account } from './account';
import { apiKeys } from './api-keys';
import { bots } from './bots';
import { common } from './common';
import { conversations } from './conversations';
import { identity } from './identity';
import { inbox } from './inbox';
import { knowledge } from './knowledge';
import { leads } from './leads';
import { learning } from './learning';
import { map } from './map';
import { members } from './members';
import { overview } from './overview';
import { people } from './people';
import { playground } from './playground';
import { preparedReplies } from './prepared-replies';
import { settings } from './settings';
import { setup } from './setup';
import { shell } from './shell';
import { testQuestions } from './test-questions';
import { transcript } from './transcript';
import { usage } from './usage';
import { visitors } from './visitors';
import { widget } from './widget';

/** Every English text of the console, by place. */
export const en = {
  account,
  apiKeys,
  bots,
  common,
  conversations,
  identity,
  inbox,
  knowledge,
  leads,
  learning,
  map,
  members,
  overview,
  people,
  playground,
  preparedReplies,
  settings,
  setup,
  shell,
  testQuestions,
  transcript,
  usage,
  visitors,
  widget,
} as const;
