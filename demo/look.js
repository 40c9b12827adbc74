// Theme and language as they were chosen last, before anything is drawn.
const { colorScheme, lang } = localStorage;
document.documentElement.style.colorScheme = colorScheme ?? '';
document.documentElement.lang = lang ?? 'en';
document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
