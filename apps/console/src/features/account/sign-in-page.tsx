import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, SignIn } from '@docent/contracts';
import { useAccountMutation, useRememberMe } from '../../api/account';
import { ErrorNotice } from '../../ui/error-notice';
import { TextLink } from '../../ui/links';
import { AuthLayout } from './auth-layout';

/** Signing in; afterwards one is where one wanted to go. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { redirect, ended } = useSearch({ from: '/sign-in' });
  const rememberMe = useRememberMe();
  const signIn = useAccountMutation(routes.signIn, (me) => {
    rememberMe(me);
    void navigate({ href: redirect ?? '/', replace: true });
  });
  const form = useForm({ initialValues: { email: '', password: '' }, validate: schemaResolver(SignIn, { sync: true }) });
  return (
    <AuthLayout
      title={t('account.signInTitle')}
      footer={
        <>
          {t('account.noAccount')}{' '}
          <TextLink to="/sign-up" search={redirect ? { redirect } : {}} inherit>
            {t('account.signUp')}
          </TextLink>
        </>
      }
    >
      <form onSubmit={form.onSubmit((body) => signIn.mutate({ body }))} noValidate>
        <Stack gap="md">
          {ended && !signIn.error && <Alert color="gray">{t('account.ended')}</Alert>}
          {signIn.error && <ErrorNotice error={signIn.error} />}
          <TextInput label={t('account.email')} type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
          <PasswordInput label={t('account.password')} autoComplete="current-password" {...form.getInputProps('password')} />
          <Button type="submit" loading={signIn.isPending} mt="xs">
            {t('account.signIn')}
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  );
}
