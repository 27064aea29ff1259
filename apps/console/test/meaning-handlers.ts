import { randomUUID } from 'node:crypto';
import { find, removeFrom } from './lists';
import { aLearningState, aMap, rankedPassages } from './meaning-data';
import type { Context, Handlers } from './respond';
import type { Script } from './script';
import { ago } from './warranty';

/** The map, learning and its test questions, by bot. */
export function meaningHandlers(script: Script): Handlers {
  const at = (context: Context) => script.workspace(context.workspaceId);
  return {
    meaningMap: ({ params }, context) => aMap(at(context), find(at(context).bots, params.botId).id),
    search: ({ params, body }, context) => ({
      passages:
        body.query === 'nothing fits' ? [] : rankedPassages(at(context).sources.filter(({ botId }) => botId === params.botId)),
    }),
    getLearning: ({ params }, context) => aLearningState(at(context), params.botId),
    learnNow: ({ params }, context) => ({ ...aLearningState(at(context), params.botId), status: 'learning' }),
    listGoldenQuestions: ({ params }, context) => ({
      items: at(context).goldenQuestions.filter(({ botId }) => botId === params.botId),
    }),
    createGoldenQuestion: ({ params, body }, context) => {
      const { name } = find(at(context).sources, body.sourceId);
      const kept = { id: randomUUID(), botId: params.botId, ...body, sourceName: name, found: { rank: 2 }, createdAt: ago(0) };
      at(context).goldenQuestions.unshift(kept);
      return kept;
    },
    deleteGoldenQuestion: ({ params }, context) => (
      removeFrom(at(context).goldenQuestions, params.goldenQuestionId),
      { ok: true }
    ),
  };
}
