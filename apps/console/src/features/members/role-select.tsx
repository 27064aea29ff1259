import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roles, type Role } from '@docent/contracts';

interface RoleSelectProps {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
  disabled?: boolean;
  withLabel?: boolean;
}

/** The roles, most powerful first, each with what it may do. */
export function RoleSelect({ label, value, onChange, disabled, withLabel }: RoleSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...(withLabel ? { label } : { 'aria-label': label })}
      value={value}
      disabled={disabled}
      allowDeselect={false}
      data={roles.toReversed().map((role) => ({ value: role, label: t(`members.roles.${role}`) }))}
      onChange={(chosen) => {
        const role = roles.find((candidate) => candidate === chosen);
        if (role) onChange(role);
      }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {t(`members.may.${option.value as Role}`)}
          </Text>
        </div>
      )}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      w={withLabel ? undefined : 130}
    />
  );
}
