import type { ModelConnection } from '@docent/ports';
import type { OpenChatModel } from './chat-model';

export type ProviderName = ModelConnection['provider'];

/** Imports a supplier's package when it is first needed: each costs start-up time and memory. */
export function loadProvider(provider: ProviderName): Promise<OpenChatModel> {
  return (loaded[provider] ??= loaders[provider]());
}

const loaded: Partial<Record<ProviderName, Promise<OpenChatModel>>> = {};

const loaders: Record<ProviderName, () => Promise<OpenChatModel>> = {
  openai: async () => (await import('./open-openai')).openOpenAi,
  anthropic: async () => (await import('./open-anthropic')).openAnthropic,
  google: async () => (await import('./gemini-over-egress')).openGemini,
};
