import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../ui/code-block';

/** On the website's server, with nothing but what Node brings along. */
const onTheServer = `import { createHmac } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// Only for visitors who are signed in to your website.
export function docentIdentity(user) {
  const head = encode({ alg: 'HS256', typ: 'JWT' });
  const body = encode({
    sub: user.id,          // never changes, and is nobody else's
    name: user.name,
    email: user.email,
    exp: Math.floor(Date.now() / 1000) + 60 * 60,
  });
  const signature = createHmac('sha256', process.env.DOCENT_IDENTITY_SECRET)
    .update(head + '.' + body)
    .digest('base64url');
  return head + '.' + body + '.' + signature;
}`;

const onThePage = `// identity: the text that your server made for this visitor
window.Docent('identify', identity);`;

/** How to sign an identity, to be copied. */
export function IdentityExample() {
  const { t } = useTranslation();
  return (
    <Stack>
      <CodeBlock label={t('identity.onServer')} code={onTheServer} />
      <CodeBlock label={t('identity.onPage')} code={onThePage} />
    </Stack>
  );
}
