import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, SignUp } from '@docent/contracts';
import { useAccountMutation, useRememberMe } from '../../api/account';
import { ErrorNotice } from '../../ui/error-notice';
import { TextLink } from '../../ui/links';
import { AuthLayout } from './auth-layout';

/** A new account with its first workspace. Who comes with an invitation is not asked to name a workspace. */
export function SignUpPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { redirect } = useSearch({ from: '/sign-up' });
  const invited = redirect?.startsWith('/invite/') ?? false;
  const rememberMe = useRememberMe();
  const signUp = useAccountMutation(routes.signUp, (me) => {
    rememberMe(me);
    const workspaceId = me.workspaces[0]?.id;
    void (redirect || !workspaceId
      ? navigate({ href: redirect ?? '/', replace: true })
      : navigate({ to: '/w/$workspaceId/setup', params: { workspaceId }, replace: true }));
  });
  const complete = (values: { email: string; password: string; name: string; workspaceName: string }) =>
    invited ? { ...values, workspaceName: t('account.ownWorkspace', { name: values.name }) } : values;
  const check = schemaResolver(SignUp, { sync: true });
  const form = useForm({
    initialValues: { email: '', password: '', name: '', workspaceName: '' },
    validate: (values) => check(complete(values)),
  });
  return (
    <AuthLayout
      title={t('account.signUpTitle')}
      intro={t('account.signUpIntro')}
      footer={
        <>
          {t('account.haveAccount')}{' '}
          <TextLink to="/sign-in" search={redirect ? { redirect } : {}} inherit>
            {t('account.signIn')}
          </TextLink>
        </>
      }
    >
      <form onSubmit={form.onSubmit((values) => signUp.mutate({ body: complete(values) }))} noValidate>
        <Stack gap="md">
          {signUp.error && <ErrorNotice error={signUp.error} />}
          <TextInput label={t('account.yourName')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput label={t('account.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label={t('account.password')}
            description={t('account.passwordHint')}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {!invited && (
            <TextInput
              label={t('account.workspaceName')}
              description={t('account.workspaceHint')}
              autoComplete="organization"
              {...form.getInputProps('workspaceName')}
            />
          )}
          <Button type="submit" loading={signUp.isPending} mt="xs">
            {t('account.signUp')}
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  );
}
