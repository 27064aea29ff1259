import { z } from 'zod';
import { storableText, webAddress } from './common';
import { route } from './route';

/** `none` answers from the sources' own sentences, without a model. */
export const ModelProvider = z.enum(['none', 'openai', 'anthropic', 'google']);
export type ModelProvider = z.infer<typeof ModelProvider>;

export const ModelSettings = z.object({
  /** Where the setting comes from: this workspace, or the installation's environment. */
  from: z.enum(['workspace', 'installation']),
  provider: ModelProvider,
  model: z.string(),
  baseUrl: z.string(),
  /** The key itself is never returned. */
  hasApiKey: z.boolean(),
});
export type ModelSettings = z.infer<typeof ModelSettings>;

export const UpdateModelSettings = z.object({
  provider: ModelProvider,
  model: storableText(200).default(''),
  baseUrl: z.union([z.literal(''), webAddress(500)]).default(''),
  /** Left out: the stored key stays, as long as provider and address stay. Empty: it is removed. */
  apiKey: z.string().max(500).optional(),
});
export type UpdateModelSettings = z.infer<typeof UpdateModelSettings>;

export const ModelTest = z.object({ ok: z.boolean(), message: z.string(), firstTokenMs: z.number().nullable() });

export const settingsRoutes = {
  getModelSettings: route({ method: 'GET', path: '/v1/settings/model', tag: 'Settings', summary: 'Which language model answers', access: { session: 'admin' }, status: 200, response: ModelSettings }),
  updateModelSettings: route({ method: 'PUT', path: '/v1/settings/model', tag: 'Settings', summary: 'Choose the language model of this workspace', access: { session: 'admin' }, body: UpdateModelSettings, status: 200, response: ModelSettings, errors: ['address_not_allowed'] }),
  resetModelSettings: route({ method: 'DELETE', path: '/v1/settings/model', tag: 'Settings', summary: "Go back to the installation's model", access: { session: 'admin' }, status: 200, response: ModelSettings }),
  testModelSettings: route({ method: 'POST', path: '/v1/settings/model/test', tag: 'Settings', summary: 'Ask the model for one word and report what happened', access: { session: 'admin' }, body: UpdateModelSettings, status: 200, response: ModelTest }),
} as const;
