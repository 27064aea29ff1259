/** A question asked with curl; runs as it stands once DOCENT_API_KEY is set. */
export function curlExample(host: string, botId: string): string {
  return `curl ${host}/v1/chat/completions \\
  -H "Authorization: Bearer $DOCENT_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${botId}",
    "messages": [{ "role": "user", "content": "How long is the warranty?" }]
  }'`;
}

/** The same with the `openai` package, streaming. */
export function openAiExample(host: string, botId: string): string {
  return `import OpenAI from 'openai';

const docent = new OpenAI({
  baseURL: '${host}/v1',
  apiKey: process.env.DOCENT_API_KEY,
});

const stream = await docent.chat.completions.create({
  model: '${botId}',
  messages: [{ role: 'user', content: 'How long is the warranty?' }],
  stream: true,
});

for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? '');
}`;
}
