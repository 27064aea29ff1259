import { randomUUID } from 'node:crypto';
import type { Conversation, GoldenQuestion, LearningState, MeaningMap, Passage, Source } from '@docent/contracts';
import { ago, warrantyText } from './warranty';
import type { WorkspaceData } from './workspace-data';

const subjects = [
  ['Warranty', -1, -0.5],
  ['Making a claim', -0.7, -0.15],
  ['Returns', -0.25, -0.62],
  ['Delivery times', 0.5, -0.6],
  ['Customs and taxes', 0.95, -0.4],
  ['Filters', -0.9, 0.5],
  ['Batteries', -0.45, 0.35],
  ['Cleaning the series 400', 0.1, 0.1],
  ['Error codes', 0.3, 0.62],
  ['Spare parts', -0.15, 0.8],
  ['Opening hours', 0.95, 0.25],
  ['Invoices', 0.8, 0.75],
] as const;

const unanswered: [string, number, number][] = [
  ['Do you have a shop in Lisbon?', 10, 3],
  ['Where can I see the products before I buy one?', 10, 1],
  ['Which filter fits the 410?', 5, 4],
  ['Is the 410 filter washable?', 5, 2],
  ['Can I pay by invoice as a private person?', 11, 2],
  ['Do you take back old batteries?', 6, 1],
  ['qwertz', -1, 1],
];
const answered: [string, number][] = [
  ['How long is the warranty?', 0],
  ['Does the warranty cover batteries?', 6],
  ['How do I make a claim?', 1],
  ['Can I return a product that I have opened?', 2],
  ['When will my parcel arrive?', 3],
  ['Do you ship to Switzerland?', 4],
  ['Who pays customs?', 4],
  ['What does E7 mean?', 8],
  ['How do I clean it?', 7],
  ['Wie lange habe ich Garantie?', 0],
];

/** The knowledge of a bot by meaning: always the same islands, whose points come from the bot's sources. */
export function aMap(workspace: WorkspaceData, botId: string): MeaningMap {
  const sources = workspace.sources.filter((source) => source.botId === botId && source.chunkCount > 0);
  const random = aRandom(7);
  const spread = () => (random() + random() + random() - 1.5) * 0.22;
  const at = (topic: number) => ({ x: subjects[topic]![1] + spread(), y: subjects[topic]![2] + spread() });
  const points = sources.flatMap((source, place) => pointsOf(source, place, sources.length, random, at));
  const places = new Map<string, { x: number; y: number }>();
  const placeOf = (text: string, topic: number) => places.get(text) ?? places.set(text, at(topic)).get(text)!;
  const conversations = workspace.conversations.filter((conversation) => conversation.botId === botId);
  const questions =
    sources.length === 0
      ? []
      : [...unanswered.flatMap(repeated), ...answered.map(([text, topic]) => ({ text, topic, answered: true }))];
  return {
    set: 'docent-words-1@160#3',
    passages: points.length,
    sampled: false,
    points,
    sources: sources.map(({ id, name, type }) => ({
      id,
      name,
      type,
      passages: points.filter(({ sourceId }) => sourceId === id).length,
    })),
    topics: subjects.map(([title, x, y], topic) => ({
      title,
      x,
      y,
      passages: points.filter((point) => point.topic === topic).length,
    })),
    questions: questions.map(({ text, topic, answered: isAnswered }, index) => ({
      conversationId: conversationOf(conversations, text).id,
      seq: 1,
      text,
      answered: isAnswered,
      askedAt: ago(14 + index * 190),
      topic: topic < 0 ? null : topic,
      nearest: topic < 0 ? null : { point: points.findIndex((point) => point.topic === topic), closeness: 0.41 },
      place: topic < 0 ? null : placeOf(text, topic),
    })),
  };
}

function pointsOf(
  source: Source,
  place: number,
  all: number,
  random: () => number,
  at: (topic: number) => { x: number; y: number },
) {
  return Array.from({ length: source.chunkCount * 5 }, (_, index) => {
    // A source speaks mostly of a few subjects.
    const topic = Math.floor((place / all) * subjects.length + random() * random() * subjects.length * 0.6) % subjects.length;
    const title = subjects[topic]![0];
    return {
      chunkId: randomUUID(),
      sourceId: source.id,
      title,
      excerpt: `${title}, part ${index + 1}: every product of the series 400 comes with a description of its parts and of how they are kept in good order.`,
      start: 0,
      end: 80,
      topic,
      ...at(topic),
    };
  });
}

function repeated([text, topic, times]: [string, number, number]) {
  return Array.from({ length: times }, () => ({ text, topic, answered: false }));
}

function conversationOf(conversations: Conversation[], text: string): Conversation {
  return conversations.find(({ title }) => title === text) ?? conversations[0]!;
}

export function aLearningState(workspace: WorkspaceData, botId: string): LearningState {
  const passages = workspace.sources
    .filter((source) => source.botId === botId)
    .reduce((sum, { chunkCount }) => sum + chunkCount, 0);
  const { learning } = workspace.bots.find(({ id }) => id === botId)!;
  const common = {
    on: learning,
    embedder: 'docent-words-1@160',
    vectors: { set: 'docent-words-1@160#3', ready: true, made: null },
    passages,
  };
  if (!learning || passages < 50) {
    return { ...common, status: learning ? 'too_small' : 'off', learnedAt: null, seconds: null, questions: null, note: null };
  }
  return {
    ...common,
    status: 'learned',
    learnedAt: ago(134),
    seconds: 8,
    questions: { count: 24, foundBefore: 0.71, foundAfter: 0.83 },
    note: null,
  };
}

export function someGoldenQuestions(botId: string, source: Source): GoldenQuestion[] {
  const questions: [string, number | null, string][] = [
    ['How long do I have a guarantee?', 1, 'a warranty of two years'],
    ['My drill broke after a year, who pays?', 3, ''],
    ['Is a worn battery replaced for free?', 12, 'wear parts such as filters and batteries'],
    ['Who pays the parcel back from Norway?', null, ''],
  ];
  return questions.map(([question, rank, quote], index) => ({
    id: randomUUID(),
    botId,
    question,
    sourceId: source.id,
    sourceName: source.name,
    quote,
    found: { rank },
    createdAt: ago(60 * (index + 2)),
  }));
}

/** Three passages for "How long is a broken drill insured?": found by both, by meaning alone and by words alone. */
export function rankedPassages(sources: Source[]): Passage[] {
  const [source, ...others] = sources.filter(({ status }) => status === 'ready');
  if (!source) return [];
  const claim = warrantyText.indexOf('To make a claim');
  const returns = warrantyText.indexOf('Unused products');
  const passage = (
    start: number,
    end: number,
    from: Source,
    rest: Pick<Passage, 'ranks' | 'explanation' | 'score' | 'scores'>,
  ): Passage => ({
    chunkId: randomUUID(),
    sourceId: from.id,
    sourceName: from.name,
    title: from.name,
    headings: ['Warranty and returns'],
    url: null,
    page: start < claim ? 1 : 2,
    start,
    end,
    text: warrantyText.slice(start, end),
    ...rest,
  });
  const near = (start: number, words: string) => {
    const at = warrantyText.indexOf(words) - start;
    return { start: at, end: at + words.length };
  };
  return [
    passage(22, claim - 2, source, {
      score: 0.94,
      scores: { lexical: 7.1, vector: 0.62 },
      ranks: { lexical: 2, vector: 1, fused: 1 },
      explanation: {
        lexical: [{ word: 'long', share: 0.12 }],
        vector: [
          { word: 'insured', nearest: 'warranty', share: 0.46 },
          { word: 'broken', nearest: 'defects', share: 0.31 },
        ],
        window: near(22, 'The warranty covers defects in material and workmanship.'),
      },
    }),
    passage(claim, returns - 2, source, {
      score: 0.58,
      scores: { lexical: 0, vector: 0.49 },
      ranks: { lexical: null, vector: 2, fused: 2 },
      explanation: {
        lexical: [],
        vector: [{ word: 'broken', nearest: 'repair', share: 0.52 }],
        window: near(claim, 'send a replacement or a repair label'),
      },
    }),
    passage(returns, warrantyText.length, others[0] ?? source, {
      score: 0.21,
      scores: { lexical: 8.4, vector: null },
      ranks: { lexical: 1, vector: null, fused: 3 },
      explanation: {
        lexical: [
          { word: 'days', share: 0.3 },
          { word: 'products', share: 0.2 },
        ],
        vector: [],
        window: null,
      },
    }),
  ];
}

/** Numbers from 0 to 1, the same in each run (linear congruential generator, Numerical Recipes). */
function aRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
