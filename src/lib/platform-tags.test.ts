import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAllowedPlatformTag } from './platform-tags.ts'

test('isAllowedPlatformTag takes the platforms that installers know (UP-92)', () => {
  const simple = 'any win32 win_amd64 win_arm64 win_ia64 manylinux1_i686 manylinux2010_x86_64 manylinux2014_ppc64 linux_armv6l linux_armv7l'
  const counted = 'manylinux_2_17_x86_64 manylinux_2_39_riscv64 musllinux_1_2_aarch64 android_24_arm64_v8a pyemscripten_2026_0_wasm32'
  const apple =
    'macosx_10_9_universal2 macosx_11_0_arm64 macosx_15_0_x86_64 macosx_26_0_arm64 ios_13_0_arm64_iphoneos ios_13_0_x86_64_iphonesimulator'
  for (const tag of `${simple} ${counted} ${apple}`.split(' ')) assert.ok(isAllowedPlatformTag(tag), tag)
})

test('isAllowedPlatformTag refuses the rest, but for what the index adds', () => {
  const tags =
    'linux_x86_64 manylinux2014_riscv64 manylinux1_aarch64 musllinux_1_2_ppc64 manylinux_2_x86_64 macosx_11_1_arm64 macosx_16_0_arm64 macosx_10_9_z80 win64 ANY any2 ios_13_0_arm64 pyodide_2024_0_wasm32'
  for (const tag of [...tags.split(' '), '', 'any\n']) assert.ok(!isAllowedPlatformTag(tag), tag)
  assert.ok(isAllowedPlatformTag('linux_x86_64', ['freebsd_14', 'linux_x86_64']))
  assert.ok(!isAllowedPlatformTag('linux_x86', ['linux_x86_64']))
})
