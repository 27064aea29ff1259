/** What the description says above all operations. */
export const introduction = `Everything that Docent does can be done over HTTP. Requests and answers are JSON in UTF-8; times are ISO 8601 in UTC; ids are UUIDs in lower case.

Send an API key as \`Authorization: Bearer <key>\` from your server, or a visitor token from a browser. Every error has the same shape, \`{"error": {"code", "message", "details", "requestId"}}\`: decide by \`code\`, show \`message\`, and quote \`requestId\` when you ask for help. What is not there and what is not yours look the same: 404.

Answers may gain new fields at any time. Ignore those that you do not know.`;

/** The groups of operations, in the order in which a reader meets them. */
export const tagTexts: Record<string, string> = {
  Bots: 'A bot answers from its own knowledge, in its own voice, on the websites that you allow.',
  Knowledge:
    'Sources are what a bot knows: files, text, web pages, and questions with their answers. Adding one answers at once; reading and indexing go on in the background.',
  Learning:
    'A bot learns its own words from its knowledge and from its use. Questions whose right source is known say whether the search got better: nothing that finds them worse is used.',
  Chat: 'A conversation is a log of numbered events. Ask with one request, follow the answer in the events, and resume after any event that you have seen.',
  Inbox: 'Where people answer: lists, take-over, notes, prepared replies and what visitors left in forms.',
  'OpenAI-compatible':
    'The same bots behind the chat protocol of OpenAI, for clients that speak it already. `model` is the id of a bot.',
  Overview: 'What visitors asked, and how often they were answered.',
  Usage: 'The plan of the workspace and what is used of it.',
  Settings: 'Which language model answers.',
  'API keys': 'Keys for calls from server to server, each with the scopes that it needs and no others.',
  Workspace: 'A workspace holds bots and members. Nothing is shared between workspaces.',
  Account: 'Signing up and in, at the console.',
  Service: 'For load balancers, monitoring and tools. Open to everyone.',
};

/** What the summary of an operation does not say. */
export const operationTexts: Record<string, string> = {
  createBot:
    'A new bot knows nothing and is shown on no website. Add sources, then allow the origins on which its widget may appear.',
  updateBot:
    'Fields that are left out stay as they are. `widget` is merged field by field; `allowedOrigins` is replaced as a whole.',
  deleteBot: 'This cannot be undone.',
  createVisitorSession:
    'Called by the widget, from a page on one of the origins that the bot allows. The token is valid for one hour, on pages of that origin only. Send the previous token to go on as the same visitor, and `identity` for a visitor whom your own server has signed in. A refused identity does not refuse the session: `identified` is false then, and the visitor is anonymous.',
  createIdentitySecret:
    'The field `secret` is returned here and never again. Sign JWTs with it on your server: HS256, with `sub` and with an `exp` of at most seven days. Two secrets may be live, so that they can be changed without anybody noticing.',
  createAttachment:
    'One part named `file`. The type is what the content says, whatever the name. Name the id in `attachmentIds` of a message within a day, otherwise the file is removed.',
  getAttachment: 'Always a download, whatever the file is.',
  leaveLead: "The fields are checked against the bot's own form. The text that was agreed to is stored word for word.",
  exportLeads:
    'UTF-8 with a byte order mark, all cells in quotes. A cell that a spreadsheet would run as a formula begins with an apostrophe.',
  updateEngagement: 'Replaces all of it: what is left out is off.',
  mailTranscript:
    'At most three times an hour for one conversation. A member may only use an address that the visitor has given.',
  createSource:
    'Answers 202 with the source in the status `queued`. Read the source again to see how far it is: `ready` can be searched, `failed` says why in `error`.',
  deleteSource:
    'The answer counts what was removed and what is left of the source. The counts under `remaining` are taken after the deletion and are all zero.',
  getSourceText: 'The offsets of citations and passages count UTF-16 units of this text.',
  search: 'Finds passages without asking a language model and without using up a message.',
  learnNow:
    'Learning begins by itself about two seconds after the last change of the knowledge, and in the night where answers were praised or approved since. This asks for it now. `conflict` where the bot cannot learn; the state says why.',
  createGoldenQuestion:
    '`quote` names the words of the passage that answers the question; without it any passage of the source does. These questions are never learned from. At most 500 a bot (`conflict`).',
  createConversation:
    'A conversation belongs to the visitor whose token began it. One that an API key began belongs to the workspace.',
  sendMessage:
    'Answers 202 as soon as the question is stored. The answer is written whether or not anyone follows it. Repeat the request with the same `clientMessageId` after a lost connection: it returns the same turn and asks nothing twice.',
  followEvents:
    'Sends what is stored after the given event, then stays open and sends what is added. A comment line arrives every 15 seconds. After a cut, connect again with the last `id` in the header `Last-Event-ID`: nothing is lost and nothing comes twice.',
  nextEvents:
    'Answers as soon as there is something after the event `after`, or with an empty list when `waitSeconds` are over. Ask again with `lastSeq`: nothing is lost and nothing comes twice. It also answers when the other side types or has read; send the `marks` of the last answer along to miss none of it.',
  requestPerson:
    'Where somebody is awaited or there already, nothing happens. `no_people`: people are off for this bot, or it is out of office hours.',
  takeConversation:
    'A running answer of the bot ends with what it has said. Send the `fence` that you saw to be refused with `conflict` where somebody was faster; without it, the conversation is yours from then on. Taking it twice changes nothing.',
  releaseConversation: 'Only for whoever holds it. What the visitor wrote last and nobody answered, the bot answers.',
  reply:
    'Name the `fence` of the floor. Repeat the request with the same `clientMessageId` after a lost connection: it is written once.',
  hereOnConversation:
    'Send it every 20 to 30 seconds while the conversation is open in front of somebody. Visitors hear of reading and typing only from whoever holds the conversation.',
  deleteVisitor:
    'Takes away what the visitor has said of themselves in forms, what was signed for, their leads and the files of their conversations. With `keep`, transcripts stay: they belong to no visitor any more, notes, briefs and pages go, and the known name, e-mail address and customer id are taken out of the texts. What else somebody wrote of themselves stays there; `delete` takes everything. `conflict`: an answer is being written, try again after it.',
  setTopic: 'Members set it; where none has, it is the title of the source that the answers cite most.',
  saveAnswer:
    'Creates a source of the type `qa` of the conversation’s bot, which says in `savedFrom` who saved it; the bot uses it at once, and an admin can look at it later. Only where a person has written (`conflict` otherwise).',
  updateHandoverSettings: 'Replaces all of it: what is left out has its default.',
  stopTurn: 'The log ends with `answer.completed` and the finish reason `stopped_by_visitor`.',
  citedPassage: '`before`, `quote` and `after` are consecutive stretches of the source text.',
  chatCompletions:
    'The last message is the question and the messages before it are the history. Fields that steer sampling are accepted and have no effect; `n` can only be 1. The extra fields `citations`, `unsupported`, `answered` and `conversation_id` come with the answer, and with the last chunk of a stream; an earlier chunk has the citations that it mentions first. After a stream has begun, a failure arrives as a `data:` line with an error object.',
  createApiKey: 'The field `secret` is returned here and never again: only its hash is stored.',
  inviteMember: 'The answer holds a link to hand over. It works without a mail server.',
  updateModelSettings:
    'The key is sealed with AES-256-GCM before it is stored and is never returned. Leave `apiKey` out to keep the stored key.',
  testModelSettings: 'Answers 200 also where the model fails; `ok` and `message` tell.',
  refresh:
    'Reads the refresh cookie. Using a refresh cookie a second time ends the whole session, because it may have been stolen.',
};

/** What a parameter means, by its name. */
export const parameterTexts: Record<string, string> = {
  model: 'The id of a bot.',
  botId: 'Id of the bot.',
  sourceId: 'Id of the source.',
  conversationId: 'Id of the conversation.',
  turnId: 'Id of the turn: one question with its answer.',
  attachmentId: 'Id of the attachment.',
  secretId: 'Id of the secret.',
  cannedReplyId: 'Id of the prepared reply.',
  view: 'Which list: whose the conversations are, and how they stand.',
  tag: 'Only conversations with this tag.',
  topic: 'Only conversations about this topic.',
  keyId: 'Id of the API key.',
  memberId: 'Id of the member.',
  invitationId: 'Id of the invitation.',
  goldenQuestionId: 'Id of the question.',
  visitorId: 'Id of the visitor.',
  n: 'The number of the citation, as in the text of the answer.',
  cursor: '`nextCursor` of the page before.',
  limit: 'Entries on one page.',
  after: 'Sequence number of the last event that you have seen. In a stream `Last-Event-ID` says the same and wins.',
  waitSeconds: 'How long to wait where nothing is new.',
  marks:
    'What the last answer said of how far both sides have read; left out in the first request. Where a side has read further meanwhile, the answer comes at once.',
  status: 'Only sources with this status.',
  type: 'Only sources of this type.',
  search: 'Only entries that contain this text.',
  channel: 'Only conversations that came in this way.',
  unanswered: 'Only conversations with (or without) a question that was not answered.',
  rating: 'Only conversations with this rating.',
  unreviewed: 'Only answers that members saved and no admin has looked at.',
  conversations: 'What becomes of the transcripts: `keep` leaves them without the person.',
  days: 'How many days back, today included.',
  'docent-workspace':
    'Id of the workspace, for a signed-in person. Not needed with an API key or a visitor token, which belong to one workspace.',
  'Last-Event-ID':
    'Sequence number of the last event that you have seen. Browsers send it by themselves when an event source reconnects.',
  Origin: "The origin of the page, set by the browser. It must be one of the bot's allowed origins.",
};

/** What the names of the components mean where they do not say it themselves. */
export const schemaTexts: Record<string, string> = {
  Id: 'A UUID in lower case.',
  Timestamp: 'ISO 8601 in UTC.',
  Bot: 'A bot with all its settings.',
  PublicBot: "What a visitor's browser may know about a bot.",
  Origin: 'An exact web origin: scheme, host and port, such as `https://www.example.com`.',
  Source: 'One piece of knowledge of a bot, and how far it is on its way to being searchable.',
  SourceText: 'The stored text of a source. `hash` is its SHA-256.',
  DeletionReceipt: 'What was removed with a source, and what was counted to be left of it afterwards.',
  Passage:
    'A stretch of a source: `start` and `end` are UTF-16 offsets into its stored text, the end exclusive. `score` lies between 0 and 1 and compares within one search only.',
  Citation:
    'A span of a stored source that carries a sentence of an answer. `n` is the number in the text, as `[n]`; `quote` is the span from `start` to `end` (UTF-16 offsets, the end exclusive), verbatim; `snapshotHash` is the SHA-256 of the text they count in.',
  Unsupported:
    'A sentence of an answer that its sources do not carry: `start` and `end` are UTF-16 offsets into the text of the answer, the end exclusive. In the text `[?]` stands behind it. `reason`: `number` or `name` is one that the cited source does not have, `negation` that the source seems to say the opposite, `words` that no source says anything like it.',
  Conversation: 'A conversation with everything that was said in it.',
  ConversationEvent: "One entry of a conversation's log. `seq` counts from 1 without gaps.",
  MessageEvent: 'Payload of `message`: somebody said something.',
  AnswerStartedEvent: 'Payload of `answer.started`: the bot begins to answer a turn.',
  AnswerDeltaEvent:
    'Payload of `answer.delta`: the next piece of the answer. All pieces of a turn, joined, are the text of its completion. `citations` are those that this piece mentions for the first time, `unsupported` the sentences that end with it and that no source carries.',
  AnswerCompletedEvent:
    'Payload of `answer.completed`: the whole answer. `answered` is false where the knowledge does not answer; the text then says so, and `suggestions` offers the closest topics.',
  AnswerFailedEvent: 'Payload of `answer.failed`: the answer could not be written. The message is not counted against the plan.',
  Turn: 'One question with its answer. `seq` is the sequence number of the question: follow the events after it.',
  Plan: 'The limits of a plan. A limit of null is no limit.',
  ErrorBody: 'The one shape of every error.',
  ModelSettings:
    'The language model that answers. The provider `none` answers with the sentences of the sources, without a model.',
};
