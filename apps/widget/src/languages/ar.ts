import type { Strings } from '../strings';

export default {
  greeting: 'مرحبًا! كيف يمكنني مساعدتك؟',
  close: 'إغلاق',
  anew: 'محادثة جديدة',
  ask: 'اطرح سؤالًا…',
  send: 'إرسال',
  stop: 'إيقاف',
  you: 'أنت',
  typing: 'يكتب…',
  sending: 'جارٍ الإرسال…',
  unsent: 'لم تُرسل.',
  retry: 'إعادة المحاولة',
  offline: 'لا يوجد اتصال. رسائلك محفوظة.',
  up: 'مفيد',
  down: 'غير مفيد',
  source: 'المصدر',
  page: 'صفحة',
  back: 'رجوع',
  visit: 'فتح المصدر',
  powered: 'مدعوم من',
} satisfies Strings;
