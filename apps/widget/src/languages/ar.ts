import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'مرحبًا! كيف يمكنني مساعدتك؟',
  closeText: 'إغلاق',
  anewText: 'محادثة جديدة',
  askText: 'اطرح سؤالًا…',
  sendText: 'إرسال',
  stopText: 'إيقاف',
  youText: 'أنت',
  typingText: 'يكتب…',
  sendingText: 'جارٍ الإرسال…',
  unsentText: 'لم تُرسل.',
  retryText: 'إعادة المحاولة',
  offlineText: 'لا يوجد اتصال. رسائلك محفوظة.',
  upText: 'مفيد',
  downText: 'غير مفيد',
  sourceText: 'المصدر',
  poweredText: 'مدعوم من',
  personText: 'التحدث إلى شخص',
  moreText: 'المزيد',
  attachText: 'إرفاق ملف',
} satisfies Strings;

export const more = {
  pageText: 'صفحة',
  backText: 'رجوع',
  visitText: 'فتح المصدر',
} satisfies MoreStrings;
