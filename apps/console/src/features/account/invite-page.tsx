import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { meQuery, useAccountMutation, useRememberMe } from '../../api/account';
import { needsSignIn } from '../../api/api-error';
import { ErrorNotice } from '../../ui/error-notice';
import { ButtonLink } from '../../ui/links';
import { Loading } from '../../ui/query-state';
import { AuthLayout } from './auth-layout';

/** Where an invitation's link leads: sign in or sign up, then join. */
export function InvitePage() {
  const { t } = useTranslation();
  const { token } = useParams({ from: '/invite/$token' });
  const me = useQuery(meQuery);
  const redirect = `/invite/${encodeURIComponent(token)}`;
  if (me.isPending) return <Loading />;
  return (
    <AuthLayout title={t('account.invited')} intro={me.data ? undefined : t('account.invitedIntro')}>
      {me.data ? (
        <Join token={token} email={me.data.person.email} redirect={redirect} />
      ) : needsSignIn(me.error) ? (
        <Stack>
          <ButtonLink to="/sign-up" search={{ redirect }}>
            {t('account.signUp')}
          </ButtonLink>
          <ButtonLink to="/sign-in" search={{ redirect }} variant="default">
            {t('account.signIn')}
          </ButtonLink>
        </Stack>
      ) : (
        me.error && <ErrorNotice error={me.error} onRetry={() => void me.refetch()} />
      )}
    </AuthLayout>
  );
}

function Join({ token, email, redirect }: { token: string; email: string; redirect: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const rememberMe = useRememberMe();
  const join = useAccountMutation(routes.acceptInvitation, (me) => {
    rememberMe(me);
    const joined = me.workspaces.at(-1);
    void (joined ? navigate({ to: '/w/$workspaceId', params: { workspaceId: joined.id } }) : navigate({ to: '/' }));
  });
  return (
    <Stack>
      <Text>{t('account.invitedAs', { email })}</Text>
      {join.error && <ErrorNotice error={join.error} />}
      <Group>
        <Button loading={join.isPending} onClick={() => join.mutate({ body: { token } })}>
          {t('account.join')}
        </Button>
        <ButtonLink to="/sign-in" search={{ redirect }} variant="subtle">
          {t('account.otherAccount')}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
