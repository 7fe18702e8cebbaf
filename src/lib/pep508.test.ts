import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRequirement } from './pep508.ts'

test('parseRequirement reads name, extras, versions and marker', () => {
  assert.deepEqual(parseRequirement(' Foo.Bar [a, b_c] >=1.0, !=1.1 ; python_version < "3.12" '), {
    name: 'Foo.Bar',
    extras: ['a', 'b_c'],
    specifiers: [
      { operator: '>=', version: '1.0' },
      { operator: '!=', version: '1.1' },
    ],
    url: undefined,
    marker: 'python_version < "3.12"',
  })
})

test('parseRequirement reads an address, which ends at a blank', () => {
  const found = parseRequirement("name [a,b] @ https://example.org/x;y ; os_name == 'nt'")
  assert.deepEqual(
    [found?.url, found?.marker, found?.extras, found?.specifiers],
    ['https://example.org/x;y', "os_name == 'nt'", ['a', 'b'], []],
  )
  assert.equal(parseRequirement('name@file:///x')?.url, 'file:///x')
})

test('parseRequirement reads every form in use', () => {
  const plain = ['a', 'a[]', 'a ()', 'a (>=1,<2)', 'a>=1,', 'a==1.*', 'a===odd', 'a[x]==1+l', 'a ~=1.0', 'a<1;os.name=="x"', 'a;"a"=="b"']
  const markers = [
    "a; 'x' in os_name",
    "a; os_name not  in 'x y'",
    "a;(os_name=='x')",
    "a; (os_name == 'x' or (extra=='y' and python_full_version<'3'))and'1'<'2'",
    "a; platform.python_implementation == 'CPython' or python_implementation == 'x'",
    "a; implementation_name === 'x' and implementation_version ~= '1.0'",
    "a; sys.platform == 'é(\"' and platform_release >= '' and platform_machine != 'x' and platform_system <= 'x' and platform_version > 'x'",
  ]
  for (const text of [...plain, ...markers]) assert.ok(parseRequirement(text), text)
})

test('parseRequirement refuses the rest', () => {
  const names = [
    '',
    ';',
    '-a',
    'a-',
    'a_',
    'é',
    'a b',
    'a 1.0',
    'a[b',
    'a[b,]',
    'a[,b]',
    'a[b c]',
    'a[é]',
    'a[b]]',
    'a@',
    'a @ ',
    'a @ x y',
    'a @ x;os_name=="y" z',
  ]
  const versions = ['a>=1,,<2', 'a (>=10', 'a >=1)', 'a (>=1),<2', 'a >=1.*', 'a (1.0)', 'a >=1 <2', 'a ==1.*.*', 'a>=1\n', 'a>=\n1', 'a,']
  const markers = [
    'a;',
    'a; os_name',
    'a; os_name==',
    "a; os_name='x'",
    "a; os_name == 'x",
    "a; (os_name == 'x'",
    "a; os_name == 'x')",
    "a; nope == 'x'",
  ]
  const more = [
    "a; os_name == 'x' and",
    "a; os_namein 'x'",
    "a; os_name notin 'x'",
    "a; not os_name == 'x'",
    "a; os_name == 'x' os_name == 'y'",
    'a; os_name == x',
  ]
  const strict = [
    "a; 'x' in extras",
    "a; 'x' in dependency_groups",
    "a; os_name == 'a\\'",
    "a; os_name == 'a\tb'",
    'a; ()',
    'a; os_name == "x\u0000"',
  ]
  for (const text of [...names, ...versions, ...markers, ...more, ...strict]) assert.equal(parseRequirement(text), undefined, text)
})

test('T171: fifty thousand characters are refused, and markers read however deep', () => {
  for (const text of ['a', ' ', '(', 'a; (', 'a[b,', "a; os_name=='x' and "])
    assert.equal(parseRequirement(text.repeat(50_000)), undefined, text)
  assert.ok(parseRequirement(`a; ${'('.repeat(4000)}os_name=='x'${')'.repeat(4000)}`))
  assert.equal(parseRequirement(`a; ${'('.repeat(4000)}os_name=='x'${')'.repeat(3999)}`), undefined)
})
