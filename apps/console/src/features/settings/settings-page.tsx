import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/workspace';
import { Page } from '../../ui/page';
import { ModelPanel } from './model-panel';
import { PasswordPanel } from './password-panel';
import { WorkspacePanel } from './workspace-panel';

/** The workspace's name, the model that answers, and one's own password. */
export function SettingsPage() {
  const { t } = useTranslation();
  const isAdmin = useCan('admin');
  return (
    <Page title={t('settings.title')} width="narrow">
      {isAdmin && <WorkspacePanel />}
      {isAdmin && <ModelPanel />}
      <PasswordPanel />
    </Page>
  );
}
