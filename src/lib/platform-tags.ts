/**
 * The platforms whose wheels an index takes: those that installers know, as PyPI had them (UP-92) in September 2026. Plain
 * `linux_x86_64` isn't one: such a wheel runs on the machine that built it.
 */
const platforms: readonly string[] = [
  'any',
  'win32|win_(amd64|arm64|ia64)',
  'manylinux1_(x86_64|i686)',
  'manylinux2010_(x86_64|i686)',
  'manylinux2014_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)',
  'manylinux_\\d+_\\d+_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x|riscv64)',
  'musllinux_\\d+_\\d+_(x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64)',
  'linux_(armv6l|armv7l)',
  'macosx_(10_\\d+|(11|12|13|14|15|26)_0)_(arm64|fat|fat3|fat32|fat64|i386|intel|ppc|ppc64|universal|universal2|x86_64)',
  'ios_\\d+_\\d+_(arm64|x86_64)_(iphoneos|iphonesimulator)',
  'android_\\d+_(armeabi_v7a|arm64_v8a|x86|x86_64)',
  'pyemscripten_\\d+_\\d+_wasm32',
]

/** Whether wheels with the platform `tag` are taken; `extra` holds the tags that an index adds to the list. */
export const isAllowedPlatformTag = (tag: string, extra: readonly string[] = []): boolean => allowed.test(tag) || extra.includes(tag)

const allowed = new RegExp(`^(?:${platforms.join('|')})$`)
