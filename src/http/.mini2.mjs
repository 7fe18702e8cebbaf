// .mini-scratch.ts
import { mkdtempSync } from "node:fs";

// node_modules/hono/dist/http-exception.js
var HTTPException = class extends Error {
  res;
  status;
  /**
  * Creates an instance of `HTTPException`.
  * @param status - HTTP status code for the exception. Defaults to 500.
  * @param options - Additional options for the exception.
  */
  constructor(status = 500, options) {
    super(options?.message, { cause: options?.cause });
    this.res = options?.res;
    this.status = status;
  }
  /**
  * Returns the response object associated with the exception.
  * If a response object is not provided, a new response is created with the error message and status code.
  * @returns The response object.
  */
  getResponse() {
    if (this.res) return new Response(this.res.body, {
      status: this.status,
      headers: this.res.headers
    });
    return new Response(this.message, { status: this.status });
  }
};

// node_modules/hono/dist/request/constants.js
var GET_MATCH_RESULT = /* @__PURE__ */ Symbol();

// node_modules/hono/dist/utils/buffer.js
var bufferToFormData = (arrayBuffer, contentType) => {
  return new Response(arrayBuffer, { headers: { "Content-Type": contentType.replace(/^[^;]+/, (mediaType) => mediaType.toLowerCase()) } }).formData();
};

// node_modules/hono/dist/utils/body.js
var MAX_NESTED_OBJECTS = 1e4;
var isRawRequest = (request) => "headers" in request;
var parseBody = async (request, options = /* @__PURE__ */ Object.create(null)) => {
  const { all = false, dot = false } = options;
  const mediaType = (isRawRequest(request) ? request.headers : request.raw.headers).get("Content-Type")?.split(";")[0].trim().toLowerCase();
  if (mediaType === "multipart/form-data" || mediaType === "application/x-www-form-urlencoded") return parseFormData(request, {
    all,
    dot
  });
  return {};
};
async function parseFormData(request, options) {
  if (!isRawRequest(request) && request.bodyCache.formData) return convertFormDataToBodyData(await request.bodyCache.formData, options);
  const headers2 = isRawRequest(request) ? request.headers : request.raw.headers;
  const arrayBuffer = await request.arrayBuffer();
  const formDataPromise = bufferToFormData(arrayBuffer, headers2.get("Content-Type") || "");
  if (!isRawRequest(request)) request.bodyCache.formData = formDataPromise;
  const formData = await formDataPromise;
  if (formData) return convertFormDataToBodyData(formData, options);
  return {};
}
function convertFormDataToBodyData(formData, options) {
  const form = /* @__PURE__ */ Object.create(null);
  const nestingState = { count: 0 };
  formData.forEach((value, key) => {
    if (!(options.all || key.endsWith("[]"))) form[key] = value;
    else handleParsingAllValues(form, key, value);
  });
  if (options.dot) Object.entries(form).forEach(([key, value]) => {
    if (key.includes(".")) {
      handleParsingNestedValues(form, key, value, nestingState);
      delete form[key];
    }
  });
  return form;
}
var handleParsingAllValues = (form, key, value) => {
  if (form[key] !== void 0) {
    if (Array.isArray(form[key])) form[key].push(value);
    else form[key] = [form[key], value];
  } else if (!key.endsWith("[]")) form[key] = value;
  else form[key] = [value];
};
var handleParsingNestedValues = (form, key, value, state) => {
  if (/(?:^|\.)__proto__\./.test(key)) return;
  let nestedForm = form;
  const keys = key.split(".", 34);
  if (keys.length > 33) throwNestingLimitExceeded();
  keys.forEach((key2, index) => {
    if (index === keys.length - 1) nestedForm[key2] = value;
    else {
      if (!nestedForm[key2] || typeof nestedForm[key2] !== "object" || Array.isArray(nestedForm[key2]) || nestedForm[key2] instanceof File) {
        if (state.count++ >= MAX_NESTED_OBJECTS) throwNestingLimitExceeded();
        nestedForm[key2] = /* @__PURE__ */ Object.create(null);
      }
      nestedForm = nestedForm[key2];
    }
  });
};
var throwNestingLimitExceeded = () => {
  throw new Error("Nesting limit exceeded");
};

// node_modules/hono/dist/utils/url.js
var splitPath = (path) => {
  const paths = path.split("/");
  if (paths[0] === "") paths.shift();
  return paths;
};
var splitRoutingPath = (routePath2) => {
  const { groups, path } = extractGroupsFromPath(routePath2);
  const paths = splitPath(path);
  return replaceGroupMarks(paths, groups);
};
var extractGroupsFromPath = (path) => {
  const groups = [];
  path = path.replace(/\{[^}]+\}/g, (match2, index) => {
    const mark = `@${index}`;
    groups.push([mark, match2]);
    return mark;
  });
  return {
    groups,
    path
  };
};
var replaceGroupMarks = (paths, groups) => {
  for (let i = groups.length - 1; i >= 0; i--) {
    const [mark] = groups[i];
    for (let j = paths.length - 1; j >= 0; j--) if (paths[j].includes(mark)) {
      paths[j] = paths[j].replace(mark, groups[i][1]);
      break;
    }
  }
  return paths;
};
var patternCache = {};
var getPattern = (label, next) => {
  if (label === "*") return "*";
  const match2 = label.match(/^\:([^\{\}]+)(?:\{(.+)\})?$/);
  if (match2) {
    const cacheKey = `${label}#${next}`;
    if (!patternCache[cacheKey]) {
      if (match2[2]) patternCache[cacheKey] = next && next[0] !== ":" && next[0] !== "*" ? [
        cacheKey,
        match2[1],
        new RegExp(`^${match2[2]}(?=/${next})`)
      ] : [
        label,
        match2[1],
        new RegExp(`^${match2[2]}$`)
      ];
      else patternCache[cacheKey] = [
        label,
        match2[1],
        true
      ];
    }
    return patternCache[cacheKey];
  }
  return null;
};
var tryDecode = (str, decoder) => {
  try {
    return decoder(str);
  } catch {
    return str.replace(/(?:%[0-9A-Fa-f]{2})+/g, (match2) => {
      try {
        return decoder(match2);
      } catch {
        return match2;
      }
    });
  }
};
var decodeURIWithPreservedPercent = (value) => decodeURI(value.includes("%25") ? value.replace(/%25/g, "%2525") : value);
var getPath = (request) => {
  const url = request.url;
  const start = url.indexOf("/", url.indexOf(":") + 4);
  let i = start;
  for (; i < url.length; i++) {
    const charCode = url.charCodeAt(i);
    if (charCode === 37) {
      const queryIndex = url.indexOf("?", i);
      const hashIndex = url.indexOf("#", i);
      const end = queryIndex === -1 ? hashIndex === -1 ? void 0 : hashIndex : hashIndex === -1 ? queryIndex : Math.min(queryIndex, hashIndex);
      const path = url.slice(start, end);
      const decoded = tryDecode(path, decodeURIWithPreservedPercent);
      if (/%(?![0-9A-Fa-f]{2})/.test(path)) {
        const rewritten = new URL("http://localhost");
        rewritten.pathname = decoded.replace(/[\\\t\n\r]/g, encodeURIComponent);
        if (tryDecode(rewritten.pathname, decodeURIWithPreservedPercent) !== decoded) return tryDecode(path.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"), decodeURIWithPreservedPercent);
      }
      return decoded;
    } else if (charCode === 63 || charCode === 35) break;
  }
  return url.slice(start, i);
};
var getPathNoStrict = (request) => {
  const result = getPath(request);
  return result.length > 1 && result.at(-1) === "/" ? result.slice(0, -1) : result;
};
var mergePath = (base, sub, ...rest) => {
  if (rest.length) sub = mergePath(sub, ...rest);
  return `${base?.[0] === "/" ? "" : "/"}${base}${sub === "/" ? "" : `${base?.at(-1) === "/" ? "" : "/"}${sub?.[0] === "/" ? sub.slice(1) : sub}`}`;
};
var checkOptionalParameter = (path) => {
  if (path.charCodeAt(path.length - 1) !== 63 || !path.includes(":")) return null;
  const segments = path.split("/");
  const results = [];
  let basePath = "";
  segments.forEach((segment) => {
    if (segment !== "" && !/\:/.test(segment)) basePath += "/" + segment;
    else if (/\:/.test(segment)) {
      if (segment.charCodeAt(segment.length - 1) === 63) {
        if (results.length === 0 && basePath === "") results.push("/");
        else results.push(basePath);
        const optionalSegment = segment.slice(0, -1);
        basePath += "/" + optionalSegment;
        results.push(basePath);
      } else basePath += "/" + segment;
    }
  });
  return results.filter((v, i, a) => a.indexOf(v) === i);
};
var tryDecodeURIComponent = (str) => str.indexOf("%") !== -1 ? tryDecode(str, decodeURIComponent_) : str;
var _decodeURI = (value) => {
  if (value.indexOf("+") !== -1) value = value.replace(/\+/g, " ");
  return tryDecodeURIComponent(value);
};
var _getQueryParam = (url, key, multiple) => {
  const hashIndex = url.indexOf("#", 8);
  if (hashIndex !== -1) url = url.slice(0, hashIndex);
  let encoded;
  if (!multiple && key && !/[%+&=]/.test(key)) {
    const queryIndex = url.indexOf("?", 8);
    let keyIndex2 = queryIndex;
    if (keyIndex2 === -1) return;
    if (!url.startsWith(key, keyIndex2 + 1)) keyIndex2 = url.indexOf(`&${key}`, keyIndex2 + 1);
    while (keyIndex2 !== -1) {
      const trailingKeyCode = url.charCodeAt(keyIndex2 + key.length + 1);
      if (trailingKeyCode === 61 || trailingKeyCode === 38 || isNaN(trailingKeyCode)) {
        if (keyIndex2 > queryIndex && /(?:^|&)[^=&]*[%+]/.test(url.slice(queryIndex + 1, keyIndex2))) break;
        if (trailingKeyCode === 61) {
          const valueIndex = keyIndex2 + key.length + 2;
          const endIndex = url.indexOf("&", valueIndex);
          return _decodeURI(url.slice(valueIndex, endIndex === -1 ? void 0 : endIndex));
        }
        return "";
      }
      keyIndex2 = url.indexOf(`&${key}`, keyIndex2 + 1);
    }
    encoded = /[%+]/.test(url);
    if (!encoded) return;
  }
  const results = /* @__PURE__ */ Object.create(null);
  encoded ??= /[%+]/.test(url);
  let keyIndex = url.indexOf("?", 8);
  while (keyIndex !== -1) {
    const nextKeyIndex = url.indexOf("&", keyIndex + 1);
    let valueIndex = url.indexOf("=", keyIndex);
    if (valueIndex > nextKeyIndex && nextKeyIndex !== -1) valueIndex = -1;
    let name = url.slice(keyIndex + 1, valueIndex === -1 ? nextKeyIndex === -1 ? void 0 : nextKeyIndex : valueIndex);
    if (encoded) name = _decodeURI(name);
    keyIndex = nextKeyIndex;
    if (name === "") continue;
    let value;
    if (valueIndex === -1) value = "";
    else {
      value = url.slice(valueIndex + 1, nextKeyIndex === -1 ? void 0 : nextKeyIndex);
      if (encoded) value = _decodeURI(value);
    }
    if (multiple) {
      if (!(results[name] && Array.isArray(results[name]))) results[name] = [];
      results[name].push(value);
    } else results[name] ??= value;
  }
  return key ? results[key] : results;
};
var getQueryParam = _getQueryParam;
var getQueryParams = (url, key) => {
  return _getQueryParam(url, key, true);
};
var decodeURIComponent_ = decodeURIComponent;

// node_modules/hono/dist/request.js
var HonoRequest = class {
  /**
  * `.raw` can get the raw Request object.
  *
  * @see {@link https://hono.dev/docs/api/request#raw}
  *
  * @example
  * ```ts
  * // For Cloudflare Workers
  * app.post('/', async (c) => {
  *   const metadata = c.req.raw.cf?.hostMetadata?
  *   ...
  * })
  * ```
  */
  raw;
  #validatedData;
  #matchResult;
  routeIndex = 0;
  /**
  * `.path` can get the pathname of the request.
  *
  * @see {@link https://hono.dev/docs/api/request#path}
  *
  * @example
  * ```ts
  * app.get('/about/me', (c) => {
  *   const pathname = c.req.path // `/about/me`
  * })
  * ```
  */
  path;
  bodyCache = {};
  constructor(request, path = "/", matchResult = [[]]) {
    this.raw = request;
    this.path = path;
    this.#matchResult = matchResult;
  }
  param(key) {
    return key ? this.#getDecodedParam(key) : this.#getAllDecodedParams();
  }
  #getDecodedParam(key) {
    const paramKey = this.#matchResult[0][this.routeIndex]?.[1][key];
    const param = this.#getParamValue(paramKey);
    return param && tryDecodeURIComponent(param);
  }
  #getAllDecodedParams() {
    const decoded = {};
    const keys = Object.keys(this.#matchResult[0][this.routeIndex]?.[1] ?? {});
    for (const key of keys) {
      const value = this.#getParamValue(this.#matchResult[0][this.routeIndex][1][key]);
      if (value !== void 0) decoded[key] = tryDecodeURIComponent(value);
    }
    return decoded;
  }
  #getParamValue(paramKey) {
    return this.#matchResult[1] ? this.#matchResult[1][paramKey] : paramKey;
  }
  query(key) {
    return getQueryParam(this.url, key);
  }
  queries(key) {
    return getQueryParams(this.url, key);
  }
  header(name) {
    if (name) return this.raw.headers.get(name) ?? void 0;
    const headerData = /* @__PURE__ */ Object.create(null);
    this.raw.headers.forEach((value, key) => {
      headerData[key] = value;
    });
    return headerData;
  }
  async parseBody(options) {
    return parseBody(this, options);
  }
  #cachedBody = (key) => {
    const { bodyCache, raw: raw2 } = this;
    const cachedBody = bodyCache[key];
    if (cachedBody) return cachedBody;
    for (const anyCachedKey in bodyCache) return bodyCache[anyCachedKey].then((body) => {
      if (anyCachedKey === "json") body = JSON.stringify(body);
      const contentType = anyCachedKey === "formData" ? void 0 : raw2.headers.get("content-type");
      return new Response(body, { headers: contentType ? { "Content-Type": contentType } : void 0 })[key]();
    });
    return bodyCache[key] = raw2[key]();
  };
  /**
  * `.json()` can parse Request body of type `application/json`
  *
  * @see {@link https://hono.dev/docs/api/request#json}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.json()
  * })
  * ```
  */
  json() {
    return this.#cachedBody("text").then((text) => JSON.parse(text));
  }
  /**
  * `.text()` can parse Request body of type `text/plain`
  *
  * @see {@link https://hono.dev/docs/api/request#text}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.text()
  * })
  * ```
  */
  text() {
    return this.#cachedBody("text");
  }
  /**
  * `.arrayBuffer()` parse Request body as an `ArrayBuffer`
  *
  * @see {@link https://hono.dev/docs/api/request#arraybuffer}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.arrayBuffer()
  * })
  * ```
  */
  arrayBuffer() {
    return this.#cachedBody("arrayBuffer");
  }
  /**
  * `.bytes()` parses the request body as a `Uint8Array`.
  *
  * @see {@link https://hono.dev/docs/api/request#bytes}
  *
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.bytes()
  * })
  * ```
  */
  bytes() {
    return this.#cachedBody("arrayBuffer").then((buffer) => new Uint8Array(buffer));
  }
  /**
  * Parses the request body as a `Blob`.
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.blob();
  * });
  * ```
  * @see https://hono.dev/docs/api/request#blob
  */
  blob() {
    return this.#cachedBody("blob");
  }
  /**
  * Parses the request body as `FormData`.
  * @example
  * ```ts
  * app.post('/entry', async (c) => {
  *   const body = await c.req.formData();
  * });
  * ```
  * @see https://hono.dev/docs/api/request#formdata
  */
  formData() {
    return this.#cachedBody("formData");
  }
  /**
  * Adds validated data to the request.
  *
  * @param target - The target of the validation.
  * @param data - The validated data to add.
  */
  addValidatedData(target, data) {
    (this.#validatedData ??= {})[target] = data;
  }
  valid(target) {
    return this.#validatedData?.[target];
  }
  /**
  * `.url` can get the request url strings.
  *
  * @see {@link https://hono.dev/docs/api/request#url}
  *
  * @example
  * ```ts
  * app.get('/about/me', (c) => {
  *   const url = c.req.url // `http://localhost:8787/about/me`
  *   ...
  * })
  * ```
  */
  get url() {
    return this.raw.url;
  }
  /**
  * `.method` can get the method name of the request.
  *
  * @see {@link https://hono.dev/docs/api/request#method}
  *
  * @example
  * ```ts
  * app.get('/about/me', (c) => {
  *   const method = c.req.method // `GET`
  * })
  * ```
  */
  get method() {
    return this.raw.method;
  }
  get [GET_MATCH_RESULT]() {
    return this.#matchResult;
  }
  /**
  * `.matchedRoutes` can return a matched route in the handler
  *
  * @deprecated
  *
  * Use matchedRoutes helper defined in "hono/route" instead.
  *
  * @see {@link https://hono.dev/docs/api/request#matchedroutes}
  *
  * @example
  * ```ts
  * app.use('*', async function logger(c, next) {
  *   await next()
  *   c.req.matchedRoutes.forEach(({ handler, method, path }, i) => {
  *     const name = handler.name || (handler.length < 2 ? '[handler]' : '[middleware]')
  *     console.log(
  *       method,
  *       ' ',
  *       path,
  *       ' '.repeat(Math.max(10 - path.length, 0)),
  *       name,
  *       i === c.req.routeIndex ? '<- respond from here' : ''
  *     )
  *   })
  * })
  * ```
  */
  get matchedRoutes() {
    return this.#matchResult[0].map(([[, route]]) => route);
  }
  /**
  * `.routePath` can retrieve the path registered within the handler
  *
  * @deprecated
  *
  * Use routePath helper defined in "hono/route" instead.
  *
  * @see {@link https://hono.dev/docs/api/request#routepath}
  *
  * @example
  * ```ts
  * app.get('/posts/:id', (c) => {
  *   return c.json({ path: c.req.routePath })
  * })
  * ```
  */
  get routePath() {
    return this.#matchResult[0].map(([[, route]]) => route)[this.routeIndex].path;
  }
};

// node_modules/hono/dist/utils/html.js
var HtmlEscapedCallbackPhase = {
  Stringify: 1,
  BeforeStream: 2,
  Stream: 3
};
var raw = (value, callbacks) => {
  const escapedString = new String(value);
  escapedString.isEscaped = true;
  escapedString.callbacks = callbacks;
  return escapedString;
};
var resolveCallback = async (str, phase, preserveCallbacks, context, buffer) => {
  if (typeof str === "object" && !(str instanceof String)) {
    if (!(str instanceof Promise)) str = str.toString();
    if (str instanceof Promise) str = await str;
  }
  const callbacks = str.callbacks;
  if (!callbacks?.length) return Promise.resolve(str);
  if (buffer) buffer[0] += str;
  else buffer = [str];
  const resStr = Promise.all(callbacks.map((c) => c({
    phase,
    buffer,
    context
  }))).then((res) => Promise.all(res.filter(Boolean).map((str2) => resolveCallback(str2, phase, false, context, buffer))).then(() => buffer[0]));
  if (preserveCallbacks) return raw(await resStr, callbacks);
  else return resStr;
};

// node_modules/hono/dist/context.js
var TEXT_PLAIN = "text/plain; charset=UTF-8";
var setDefaultContentType = (contentType, headers2) => {
  return {
    "Content-Type": contentType,
    ...headers2
  };
};
var createResponseInstance = (body, init) => new Response(body, init);
var Context = class {
  #rawRequest;
  #req;
  /**
  * `.env` can get bindings (environment variables, secrets, KV namespaces, D1 database, R2 bucket etc.) in Cloudflare Workers.
  *
  * @see {@link https://hono.dev/docs/api/context#env}
  *
  * @example
  * ```ts
  * // Environment object for Cloudflare Workers
  * app.get('*', async c => {
  *   const counter = c.env.COUNTER
  * })
  * ```
  */
  env = {};
  #var;
  finalized = false;
  /**
  * `.error` can get the error object from the middleware if the Handler throws an error.
  *
  * @see {@link https://hono.dev/docs/api/context#error}
  *
  * @example
  * ```ts
  * app.use('*', async (c, next) => {
  *   await next()
  *   if (c.error) {
  *     // do something...
  *   }
  * })
  * ```
  */
  error;
  #status;
  #executionCtx;
  #res;
  #layout;
  #renderer;
  #notFoundHandler;
  #preparedHeaders;
  #matchResult;
  #path;
  /**
  * Creates an instance of the Context class.
  *
  * @param req - The Request object.
  * @param options - Optional configuration options for the context.
  */
  constructor(req, options) {
    this.#rawRequest = req;
    if (options) {
      this.#executionCtx = options.executionCtx;
      this.env = options.env;
      this.#notFoundHandler = options.notFoundHandler;
      this.#path = options.path;
      this.#matchResult = options.matchResult;
    }
  }
  /**
  * `.req` is the instance of {@link HonoRequest}.
  */
  get req() {
    this.#req ??= new HonoRequest(this.#rawRequest, this.#path, this.#matchResult);
    return this.#req;
  }
  /**
  * @see {@link https://hono.dev/docs/api/context#event}
  * The FetchEvent associated with the current request.
  *
  * @throws Will throw an error if the context does not have a FetchEvent.
  */
  get event() {
    if (this.#executionCtx && "respondWith" in this.#executionCtx) return this.#executionCtx;
    else throw Error("This context has no FetchEvent");
  }
  /**
  * @see {@link https://hono.dev/docs/api/context#executionctx}
  * The ExecutionContext associated with the current request.
  *
  * @throws Will throw an error if the context does not have an ExecutionContext.
  */
  get executionCtx() {
    if (this.#executionCtx) return this.#executionCtx;
    else throw Error("This context has no ExecutionContext");
  }
  /**
  * @see {@link https://hono.dev/docs/api/context#res}
  * The Response object for the current request.
  */
  get res() {
    return this.#res ||= createResponseInstance(null, { headers: this.#preparedHeaders ??= new Headers() });
  }
  /**
  * Sets the Response object for the current request.
  *
  * @param _res - The Response object to set.
  */
  set res(_res) {
    if (this.#res && _res) {
      _res = createResponseInstance(_res.body, _res);
      for (const [k, v] of this.#res.headers.entries()) {
        if (k === "content-type") continue;
        if (k === "set-cookie") {
          const cookies = this.#res.headers.getSetCookie();
          _res.headers.delete("set-cookie");
          for (const cookie of cookies) _res.headers.append("set-cookie", cookie);
        } else _res.headers.set(k, v);
      }
    }
    this.#res = _res;
    this.finalized = true;
  }
  /**
  * `.render()` can create a response within a layout.
  *
  * @see {@link https://hono.dev/docs/api/context#render-setrenderer}
  *
  * @example
  * ```ts
  * app.get('/', (c) => {
  *   return c.render('Hello!')
  * })
  * ```
  */
  render = (...args) => {
    this.#renderer ??= (content) => this.html(content);
    return this.#renderer(...args);
  };
  /**
  * Sets the layout for the response.
  *
  * @param layout - The layout to set.
  * @returns The layout function.
  */
  setLayout = (layout) => this.#layout = layout;
  /**
  * Gets the current layout for the response.
  *
  * @returns The current layout function.
  */
  getLayout = () => this.#layout;
  /**
  * `.setRenderer()` can set the layout in the custom middleware.
  *
  * @see {@link https://hono.dev/docs/api/context#render-setrenderer}
  *
  * @example
  * ```tsx
  * app.use('*', async (c, next) => {
  *   c.setRenderer((content) => {
  *     return c.html(
  *       <html>
  *         <body>
  *           <p>{content}</p>
  *         </body>
  *       </html>
  *     )
  *   })
  *   await next()
  * })
  * ```
  */
  setRenderer = (renderer) => {
    this.#renderer = renderer;
  };
  /**
  * `.header()` can set headers.
  *
  * @see {@link https://hono.dev/docs/api/context#header}
  *
  * @example
  * ```ts
  * app.get('/welcome', (c) => {
  *   // Set headers
  *   c.header('X-Message', 'Hello!')
  *   c.header('Content-Type', 'text/plain')
  *
  *   // Append multiple headers using the append option (e.g. Vary)
  *   c.header('Vary', 'Accept-Encoding', { append: true })
  *   c.header('Vary', 'User-Agent', { append: true })
  *
  *   return c.body('Thank you for coming')
  * })
  * ```
  */
  header = (name, value, options) => {
    if (this.finalized && !this.#res.bodyUsed) this.#res = createResponseInstance(this.#res.body, this.#res);
    const headers2 = this.#res ? this.#res.headers : this.#preparedHeaders ??= new Headers();
    if (value === void 0) headers2.delete(name);
    else if (options?.append) headers2.append(name, value);
    else headers2.set(name, value);
  };
  status = (status) => {
    this.#status = status;
  };
  /**
  * `.set()` can set the value specified by the key.
  *
  * @see {@link https://hono.dev/docs/api/context#set-get}
  *
  * @example
  * ```ts
  * app.use('*', async (c, next) => {
  *   c.set('message', 'Hono is hot!!')
  *   await next()
  * })
  * ```
  */
  set = (key, value) => {
    this.#var ??= /* @__PURE__ */ new Map();
    this.#var.set(key, value);
  };
  /**
  * `.get()` can use the value specified by the key.
  *
  * @see {@link https://hono.dev/docs/api/context#set-get}
  *
  * @example
  * ```ts
  * app.get('/', (c) => {
  *   const message = c.get('message')
  *   return c.text(`The message is "${message}"`)
  * })
  * ```
  */
  get = (key) => {
    return this.#var ? this.#var.get(key) : void 0;
  };
  /**
  * `.var` can access the value of a variable.
  *
  * @see {@link https://hono.dev/docs/api/context#var}
  *
  * @example
  * ```ts
  * const result = c.var.client.oneMethod()
  * ```
  */
  get var() {
    if (!this.#var) return {};
    return Object.fromEntries(this.#var);
  }
  #newResponse(data, arg, headers2) {
    let responseHeaders = this.#res ? new Headers(this.#res.headers) : this.#preparedHeaders;
    if (typeof arg === "object" && arg.headers) {
      responseHeaders ??= new Headers();
      for (const [key, value] of new Headers(arg.headers)) if (key === "set-cookie") responseHeaders.append(key, value);
      else responseHeaders.set(key, value);
    }
    if (headers2) {
      if (!responseHeaders) {
        let count = 0;
        for (const k in headers2) if (++count > 1 || typeof headers2[k] !== "string") {
          responseHeaders = new Headers();
          break;
        }
      }
      if (responseHeaders) for (const k in headers2) {
        const v = headers2[k];
        if (typeof v === "string") responseHeaders.set(k, v);
        else {
          responseHeaders.delete(k);
          for (const v2 of v) responseHeaders.append(k, v2);
        }
      }
    }
    const status = typeof arg === "number" ? arg : arg?.status ?? this.#status;
    return createResponseInstance(data, {
      status,
      headers: responseHeaders ?? headers2
    });
  }
  newResponse = (...args) => this.#newResponse(...args);
  /**
  * `.body()` can return the HTTP response.
  * You can set headers with `.header()` and set HTTP status code with `.status`.
  * This can also be set in `.text()`, `.json()` and so on.
  *
  * @see {@link https://hono.dev/docs/api/context#body}
  *
  * @example
  * ```ts
  * app.get('/welcome', (c) => {
  *   // Set headers
  *   c.header('X-Message', 'Hello!')
  *   c.header('Content-Type', 'text/plain')
  *   // Set HTTP status code
  *   c.status(201)
  *
  *   // Return the response body
  *   return c.body('Thank you for coming')
  * })
  * ```
  */
  body = (data, arg, headers2) => this.#newResponse(data, arg, headers2);
  /**
  * `.text()` can render text as `Content-Type:text/plain`.
  *
  * @see {@link https://hono.dev/docs/api/context#text}
  *
  * @example
  * ```ts
  * app.get('/say', (c) => {
  *   return c.text('Hello!')
  * })
  * ```
  */
  text = (text, arg, headers2) => {
    return !this.#preparedHeaders && !this.#status && !arg && !headers2 && !this.finalized ? new Response(text) : this.#newResponse(text, arg, setDefaultContentType(TEXT_PLAIN, headers2));
  };
  /**
  * `.json()` can render JSON as `Content-Type:application/json`.
  *
  * @see {@link https://hono.dev/docs/api/context#json}
  *
  * @example
  * ```ts
  * app.get('/api', (c) => {
  *   return c.json({ message: 'Hello!' })
  * })
  * ```
  */
  json = (object, arg, headers2) => {
    return this.#newResponse(JSON.stringify(object), arg, setDefaultContentType("application/json", headers2));
  };
  html = (html, arg, headers2) => {
    const res = (html2) => this.#newResponse(html2, arg, setDefaultContentType("text/html; charset=UTF-8", headers2));
    return typeof html === "object" ? resolveCallback(html, HtmlEscapedCallbackPhase.Stringify, false, {}).then(res) : res(html);
  };
  /**
  * `.redirect()` can Redirect, default status code is 302.
  *
  * @see {@link https://hono.dev/docs/api/context#redirect}
  *
  * @example
  * ```ts
  * app.get('/redirect', (c) => {
  *   return c.redirect('/')
  * })
  * app.get('/redirect-permanently', (c) => {
  *   return c.redirect('/', 301)
  * })
  * ```
  */
  redirect = (location, status) => {
    const locationString = String(location);
    this.header("Location", !/[^\x00-\xFF]/.test(locationString) ? locationString : encodeURI(locationString));
    return this.newResponse(null, status ?? 302);
  };
  /**
  * `.notFound()` can return the Not Found Response.
  *
  * @see {@link https://hono.dev/docs/api/context#notfound}
  *
  * @example
  * ```ts
  * app.get('/notfound', (c) => {
  *   return c.notFound()
  * })
  * ```
  */
  notFound = () => {
    this.#notFoundHandler ??= () => createResponseInstance();
    return this.#notFoundHandler(this);
  };
};

// node_modules/hono/dist/compose.js
var compose = (middleware, onError, onNotFound) => {
  return (context, next) => {
    let index = -1;
    return dispatch(0);
    async function dispatch(i) {
      if (i <= index) throw new Error("next() called multiple times");
      index = i;
      let res;
      let isError = false;
      let handler;
      if (middleware[i]) {
        handler = middleware[i][0][0];
        context.req.routeIndex = i;
      } else handler = i === middleware.length && next || void 0;
      if (handler) try {
        res = await handler(context, () => dispatch(i + 1));
      } catch (err) {
        if (err instanceof Error && onError) {
          context.error = err;
          res = await onError(err, context);
          isError = true;
        } else throw err;
      }
      else if (context.finalized === false && onNotFound) res = await onNotFound(context);
      if (res && (context.finalized === false || isError)) context.res = res;
      return context;
    }
  };
};

// node_modules/hono/dist/helper/route/index.js
var matchedRoutes = (c) => c.req[GET_MATCH_RESULT][0].map(([[, route]]) => route);
var routePath = (c, index) => matchedRoutes(c).at(index ?? c.req.routeIndex)?.path ?? "";

// node_modules/hono/dist/router.js
var METHODS = [
  "get",
  "post",
  "put",
  "delete",
  "options",
  "patch",
  "query"
];
var MESSAGE_MATCHER_IS_ALREADY_BUILT = "Can not add a route since the matcher is already built.";
var UnsupportedPathError = class extends Error {
};

// node_modules/hono/dist/utils/constants.js
var COMPOSED_HANDLER = "__COMPOSED_HANDLER";

// node_modules/hono/dist/utils/mount.js
var countTrailingSlashes = (path) => {
  let index = path.length;
  while (index > 0 && path.charCodeAt(index - 1) === 47) index--;
  return path.length - index;
};
var getPathPrefixLength = (c, pathPrefix, routePath2) => {
  if (!/[:*]/.test(pathPrefix)) return pathPrefix.length;
  const path = c.req.path;
  const matchResult = c.req[GET_MATCH_RESULT];
  const paramNames = /* @__PURE__ */ new Set();
  let length = 0;
  for (const part of splitRoutingPath(pathPrefix)) {
    if (part[0] === ":" && part.endsWith("}?")) throw new Error(`mount(): Optional regular expression parameters are not supported in "${routePath2}".`);
    const pattern = getPattern(part);
    if (pattern && pattern !== "*") {
      const name = pattern[1];
      if (paramNames.has(name)) throw new Error(`mount(): Duplicate path parameter "${name}" in "${routePath2}".`);
      paramNames.add(name);
    }
    if (pattern && pattern !== "*" && pattern[2] !== true) {
      const value = matchResult.length === 2 ? matchResult[1][matchResult[0][c.req.routeIndex][1][pattern[1]]] : matchResult[0][c.req.routeIndex][1][pattern[1]];
      length += value.length + 1;
    } else if (pattern || part.endsWith("*")) {
      const end = path.indexOf("/", length + 1);
      length = end === -1 ? path.length : end;
    } else length += part.length + 1;
  }
  return length;
};
var createMountedRequest = (c, pathPrefix, routePath2) => {
  if (/[^/]\*$/.test(routePath2)) throw new Error(`mount(): Wildcard must follow "/" in "${routePath2}".`);
  const prefixLength = getPathPrefixLength(c, pathPrefix, routePath2);
  const path = c.req.path.slice(prefixLength) || "/";
  if (prefixLength > c.req.path.length || path[0] !== "/" || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) throw new HTTPException(400, { message: "Invalid mounted path" });
  const rawUrl = c.req.raw.url;
  if (/^[^/?#]*\/\/[^/?#\\]*[?#\\]/.test(rawUrl)) throw new HTTPException(400, { message: "Invalid mounted path" });
  const rawPathEnd = rawUrl.search(/[?#]/);
  const rawTrailingSlashes = countTrailingSlashes(rawPathEnd === -1 ? rawUrl : rawUrl.slice(0, rawPathEnd));
  if (rawTrailingSlashes > 1 && countTrailingSlashes(c.req.path) === rawTrailingSlashes - 1) throw new HTTPException(400, { message: "Invalid mounted path" });
  const url = new URL(rawUrl);
  url.pathname = path.replace(/[\\\t\n\r]/g, encodeURIComponent);
  if (path.includes("%")) {
  }
  return new Request(url, c.req.raw);
};

// node_modules/hono/dist/hono-base.js
var notFoundHandler = (c) => {
  return c.text("404 Not Found", 404);
};
var errorHandler = (err, c) => {
  if ("getResponse" in err) {
    const res = err.getResponse();
    return c.newResponse(res.body, res);
  }
  console.error(err);
  return c.text("Internal Server Error", 500);
};
var Hono = class Hono2 {
  get;
  post;
  put;
  delete;
  options;
  patch;
  query;
  all;
  on;
  use;
  router;
  getPath;
  _basePath = "/";
  #path = "/";
  routes = [];
  constructor(options = {}) {
    [...METHODS, "all"].forEach((method) => {
      this[method] = (args1, ...args) => {
        const methodName = method.toUpperCase();
        if (typeof args1 === "string") this.#path = args1;
        else this.#addRoute(methodName, this.#path, args1);
        args.forEach((handler) => {
          this.#addRoute(methodName, this.#path, handler);
        });
        return this;
      };
    });
    this.on = (method, path, ...handlers) => {
      for (const p of [path].flat()) {
        this.#path = p;
        for (const m of [method].flat()) {
          const methodName = m.toUpperCase();
          for (const handler of handlers) this.#addRoute(methodName, this.#path, handler);
        }
      }
      return this;
    };
    this.use = (arg1, ...handlers) => {
      if (typeof arg1 === "string") this.#path = arg1;
      else {
        this.#path = "*";
        handlers.unshift(arg1);
      }
      handlers.forEach((handler) => {
        this.#addRoute("ALL", this.#path, handler);
      });
      return this;
    };
    const { strict, ...optionsWithoutStrict } = options;
    Object.assign(this, optionsWithoutStrict);
    this.getPath = strict ?? true ? options.getPath ?? getPath : getPathNoStrict;
  }
  #clone() {
    const clone = new Hono2({
      router: this.router,
      getPath: this.getPath
    });
    clone.errorHandler = this.errorHandler;
    clone.#notFoundHandler = this.#notFoundHandler;
    clone.routes = this.routes;
    return clone;
  }
  #notFoundHandler = notFoundHandler;
  errorHandler = errorHandler;
  /**
  * `.route()` allows grouping other Hono instance in routes.
  *
  * @see {@link https://hono.dev/docs/api/routing#grouping}
  *
  * @param {string} path - base Path
  * @param {Hono} app - other Hono instance
  * @returns {Hono} routed Hono instance
  *
  * @example
  * ```ts
  * const app = new Hono()
  * const app2 = new Hono()
  *
  * app2.get("/user", (c) => c.text("user"))
  * app.route("/api", app2) // GET /api/user
  * ```
  */
  route(path, app2) {
    const subApp = this.basePath(path);
    app2.routes.map((r) => {
      let handler;
      if (app2.errorHandler === errorHandler) handler = r.handler;
      else {
        handler = async (c, next) => (await compose([], app2.errorHandler)(c, () => r.handler(c, next))).res;
        handler[COMPOSED_HANDLER] = r.handler;
      }
      subApp.#addRoute(r.method, r.path, handler, r.basePath);
    });
    return this;
  }
  /**
  * `.basePath()` allows base paths to be specified.
  *
  * @see {@link https://hono.dev/docs/api/routing#base-path}
  *
  * @param {string} path - base Path
  * @returns {Hono} changed Hono instance
  *
  * @example
  * ```ts
  * const api = new Hono().basePath('/api')
  * ```
  */
  basePath(path) {
    const subApp = this.#clone();
    subApp._basePath = mergePath(this._basePath, path);
    return subApp;
  }
  /**
  * `.onError()` handles an error and returns a customized Response.
  *
  * @see {@link https://hono.dev/docs/api/hono#error-handling}
  *
  * @param {ErrorHandler} handler - request Handler for error
  * @returns {Hono} changed Hono instance
  *
  * @example
  * ```ts
  * app.onError((err, c) => {
  *   console.error(`${err}`)
  *   return c.text('Custom Error Message', 500)
  * })
  * ```
  */
  onError = (handler) => {
    this.errorHandler = handler;
    return this;
  };
  /**
  * `.notFound()` allows you to customize a Not Found Response.
  *
  * @see {@link https://hono.dev/docs/api/hono#not-found}
  *
  * @param {NotFoundHandler} handler - request handler for not-found
  * @returns {Hono} changed Hono instance
  *
  * @example
  * ```ts
  * app.notFound((c) => {
  *   return c.text('Custom 404 Message', 404)
  * })
  * ```
  */
  notFound = (handler) => {
    this.#notFoundHandler = handler;
    return this;
  };
  /**
  * `.mount()` allows you to mount applications built with other frameworks into your Hono application.
  *
  * @deprecated Use `mount()` from `hono/mount` instead. `.mount()` will be removed in v5.
  *
  * @see {@link https://hono.dev/docs/api/hono#mount}
  *
  * @param {string} path - base Path
  * @param {Function} applicationHandler - other Request Handler
  * @param {MountOptions} [options] - options of `.mount()`
  * @returns {Hono} mounted Hono instance
  * @throws {Error} If automatic request rewriting encounters duplicate path parameter names or an optional regular expression parameter.
  * @throws {HTTPException} With status 400 if automatic request rewriting cannot safely preserve the routed path.
  *
  * @example
  * ```ts
  * import { Router as IttyRouter } from 'itty-router'
  * import { Hono } from 'hono'
  * // Create itty-router application
  * const ittyRouter = IttyRouter()
  * // GET /itty-router/hello
  * ittyRouter.get('/hello', () => new Response('Hello from itty-router'))
  *
  * const app = new Hono()
  * app.mount('/itty-router', ittyRouter.handle)
  * ```
  *
  * @example
  * ```ts
  * const app = new Hono()
  * // Send the request to another application without modification.
  * app.mount('/app', anotherApp, {
  *   replaceRequest: (req) => req,
  * })
  * ```
  */
  mount(path, applicationHandler, options) {
    let replaceRequest;
    let optionHandler;
    if (options) {
      if (typeof options === "function") optionHandler = options;
      else {
        optionHandler = options.optionHandler;
        if (options.replaceRequest === false) replaceRequest = (request) => request;
        else replaceRequest = options.replaceRequest;
      }
    }
    const getOptions = optionHandler ? (c) => {
      const options2 = optionHandler(c);
      return Array.isArray(options2) ? options2 : [options2];
    } : (c) => {
      let executionContext = void 0;
      try {
        executionContext = c.executionCtx;
      } catch {
      }
      return [c.env, executionContext];
    };
    const defaultReplaceRequest = (c) => {
      const mountedRoutePath = routePath(c);
      return createMountedRequest(c, mountedRoutePath.replace(/\/?\*$/, ""), mountedRoutePath);
    };
    const handler = async (c, next) => {
      const res = await applicationHandler(replaceRequest ? replaceRequest(c.req.raw) : defaultReplaceRequest(c), ...getOptions(c));
      if (res) return res;
      await next();
    };
    this.#addRoute("ALL", mergePath(path, "*"), handler);
    return this;
  }
  #addRoute(method, path, handler, baseRoutePath) {
    path = mergePath(this._basePath, path);
    const r = {
      basePath: baseRoutePath !== void 0 ? mergePath(this._basePath, baseRoutePath) : this._basePath,
      path,
      method,
      handler
    };
    this.router.add(method, path, [handler, r]);
    this.routes.push(r);
  }
  #handleError(err, c) {
    if (err instanceof Error) return this.errorHandler(err, c);
    throw err;
  }
  #dispatch(request, executionCtx, env, method) {
    if (method === "HEAD") return (async () => new Response(null, await this.#dispatch(request, executionCtx, env, "GET")))();
    const path = this.getPath(request, { env });
    const matchResult = this.router.match(method, path);
    const c = new Context(request, {
      path,
      matchResult,
      env,
      executionCtx,
      notFoundHandler: this.#notFoundHandler
    });
    if (matchResult[0].length === 1) {
      let res;
      try {
        res = matchResult[0][0][0][0](c, async () => {
          c.res = await this.#notFoundHandler(c);
        });
      } catch (err) {
        return this.#handleError(err, c);
      }
      return res instanceof Promise ? res.then((resolved) => resolved || (c.finalized ? c.res : this.#notFoundHandler(c))).catch((err) => this.#handleError(err, c)) : res ?? this.#notFoundHandler(c);
    }
    const composed = compose(matchResult[0], this.errorHandler, this.#notFoundHandler);
    return (async () => {
      try {
        const context = await composed(c);
        if (!context.finalized) throw new Error("Context is not finalized. Did you forget to return a Response object or `await next()`?");
        return context.res;
      } catch (err) {
        return this.#handleError(err, c);
      }
    })();
  }
  /**
  * `.fetch()` will be entry point of your app.
  *
  * @see {@link https://hono.dev/docs/api/hono#fetch}
  *
  * @param {Request} request - request Object of request
  * @param {Env} env - env Object
  * @param {ExecutionContext} executionCtx - context of execution
  * @returns {Response | Promise<Response>} response of request
  *
  */
  fetch = (request, ...rest) => {
    return this.#dispatch(request, rest[1], rest[0], request.method);
  };
  /**
  * `.request()` is a useful method for testing.
  * You can pass a URL or pathname to send a GET request.
  * app will return a Response object.
  * ```ts
  * test('GET /hello is ok', async () => {
  *   const res = await app.request('/hello')
  *   expect(res.status).toBe(200)
  * })
  * ```
  * @see https://hono.dev/docs/api/hono#request
  */
  request = (input, requestInit, Env, executionCtx) => {
    if (input instanceof Request) return this.fetch(requestInit ? new Request(input, requestInit) : input, Env, executionCtx);
    input = input.toString();
    return this.fetch(new Request(/^https?:\/\//.test(input) ? input : `http://localhost${mergePath("/", input)}`, requestInit), Env, executionCtx);
  };
  /**
  * `.fire()` automatically adds a global fetch event listener.
  * This can be useful for environments that adhere to the Service Worker API, such as non-ES module Cloudflare Workers.
  * @deprecated
  * Use `fire` from `hono/service-worker` instead.
  * ```ts
  * import { Hono } from 'hono'
  * import { fire } from 'hono/service-worker'
  *
  * const app = new Hono()
  * // ...
  * fire(app)
  * ```
  * @see https://hono.dev/docs/api/hono#fire
  * @see https://developer.mozilla.org/en-US/docs/Web/API/Service_Worker_API
  * @see https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/
  */
  fire = () => {
    addEventListener("fetch", (event) => {
      event.respondWith(this.#dispatch(event.request, event, void 0, event.request.method));
    });
  };
};

// node_modules/hono/dist/router/utils.js
var createNullObject = () => /* @__PURE__ */ Object.create(null);

// node_modules/hono/dist/router/reg-exp-router/matcher.js
var emptyParam = [];
function match(method, path) {
  const matchers = this.buildAllMatchers();
  const match2 = ((method2, path2) => {
    const matcher = matchers[method2] || matchers["ALL"];
    const staticMatch = matcher[2][path2];
    if (staticMatch) return staticMatch;
    const match3 = path2.match(matcher[0]);
    if (!match3) return [[], emptyParam];
    const index = match3.indexOf("", 1);
    return [matcher[1][index], match3];
  });
  this.match = match2;
  return match2(method, path);
}

// node_modules/hono/dist/router/reg-exp-router/node.js
var LABEL_REG_EXP_STR = "[^/]+";
var ONLY_WILDCARD_REG_EXP_STR = "[^]*";
var TAIL_WILDCARD_REG_EXP_STR = "(?:|/[^]*)";
var PATH_ERROR = /* @__PURE__ */ Symbol();
var regExpMetaChars = /* @__PURE__ */ new Set(".\\+*[^]$()");
function compareKey(a, b) {
  if (a.length === 1) return b.length === 1 ? a < b ? -1 : 1 : -1;
  if (b.length === 1) return 1;
  if (a === "[^]*" || a === "(?:|/[^]*)") return b === "[^]*" ? -1 : 1;
  else if (b === "[^]*" || b === "(?:|/[^]*)") return -1;
  if (a === "[^/]+") return 1;
  else if (b === "[^/]+") return -1;
  return a.length === b.length ? a < b ? -1 : 1 : b.length - a.length;
}
var Node = class Node2 {
  #index;
  #varIndex;
  #children = createNullObject();
  insert(tokens, index, paramMap, context, keys) {
    let node = this;
    for (let i = 0, len = tokens.length; i < len; i++) {
      const token = tokens[i];
      const pattern = token.length === 1 ? token === "*" ? i === len - 1 ? [
        "",
        "",
        ONLY_WILDCARD_REG_EXP_STR
      ] : [
        "",
        "",
        LABEL_REG_EXP_STR
      ] : null : token === "/*" ? [
        "",
        "",
        TAIL_WILDCARD_REG_EXP_STR
      ] : token.match(/^\:([^\{\}]+)(?:\{(.+)\})?$/);
      let nextNode;
      if (pattern) {
        const name = pattern[1];
        let regexpStr = pattern[2] || "[^/]+";
        if (name && pattern[2]) {
          if (new RegExp(regexpStr).test("")) throw PATH_ERROR;
          regexpStr = regexpStr.replace(/^\((?!\?:)(?=[^)]+\)$)/, "(?:");
          if (/\((?!\?:)/.test(regexpStr)) throw PATH_ERROR;
          if (regexpStr.length === 1 && regExpMetaChars.has(regexpStr)) throw PATH_ERROR;
        }
        keys.push(regexpStr);
        nextNode = node.#children[regexpStr];
        if (!nextNode) {
          if (regexpStr !== "[^]*" && regexpStr !== "(?:|/[^]*)") {
            for (const k in node.#children) if ((regexpStr.length > 1 || k.length > 1) && k !== "[^]*" && k !== "(?:|/[^]*)") throw PATH_ERROR;
          }
          nextNode = node.#children[regexpStr] = new Node2();
        }
        if (name !== "") {
          nextNode.#varIndex ??= context.varIndex++;
          paramMap.push([name, nextNode.#varIndex]);
        }
      } else {
        keys.push(token);
        nextNode = node.#children[token];
        if (!nextNode) {
          for (const k in node.#children) if (k.length > 1 && k !== "[^]*" && k !== "(?:|/[^]*)") throw PATH_ERROR;
          nextNode = node.#children[token] = new Node2();
        }
      }
      node = nextNode;
    }
    if (node.#index !== void 0) throw PATH_ERROR;
    node.#index = index;
  }
  buildRegExpStr() {
    const strList = Object.keys(this.#children).sort(compareKey).map((k) => {
      const c = this.#children[k];
      const childStr = c.buildRegExpStr();
      return childStr === "" ? "" : (typeof c.#varIndex === "number" ? `(${k})@${c.#varIndex}` : regExpMetaChars.has(k) ? `\\${k}` : k) + childStr;
    }).filter(Boolean);
    if (typeof this.#index === "number" && this.#index !== -1) strList.unshift(`#${this.#index}`);
    if (strList.length === 0) return "";
    if (strList.length === 1) return strList[0];
    return "(?:" + strList.join("|") + ")";
  }
};

// node_modules/hono/dist/router/reg-exp-router/trie.js
var Trie = class {
  #context = { varIndex: 0 };
  #root = new Node();
  #index = 0;
  paths = createNullObject();
  insert(path, isStatic) {
    const keys = [];
    if (isStatic) {
      this.#root.insert(path.split(""), -1, [], this.#context, keys);
      this.paths[path] = [
        -1,
        [],
        keys
      ];
      return;
    }
    const paramAssoc = [];
    const groups = [];
    let markedPath = path;
    for (let i = 0; ; ) {
      let replaced = false;
      markedPath = markedPath.replace(/\{(?:\{[\d,]+\}|[^}])+\}/g, (m) => {
        const mark = `@\\${i}`;
        groups[i] = [mark, m];
        i++;
        replaced = true;
        return mark;
      });
      if (!replaced) break;
    }
    const tokens = markedPath.match(/(?::[^\/]+)|(?:\/\*$)|./gs) || [];
    for (let i = groups.length - 1; i >= 0; i--) {
      const [mark] = groups[i];
      for (let j = tokens.length - 1; j >= 0; j--) if (tokens[j].indexOf(mark) !== -1) {
        tokens[j] = tokens[j].replace(mark, groups[i][1]);
        break;
      }
    }
    this.#root.insert(tokens, this.#index, paramAssoc, this.#context, keys);
    this.paths[path] = [
      this.#index++,
      paramAssoc,
      keys
    ];
  }
  buildRegExp() {
    let regexp = this.#root.buildRegExpStr();
    if (regexp === "") return [
      /^$/,
      [],
      []
    ];
    let captureIndex = 0;
    const indexReplacementMap = [];
    const paramReplacementMap = [];
    regexp = regexp.replace(/#(\d+)|@(\d+)|\.\*\$/g, (_, handlerIndex, paramIndex) => {
      if (handlerIndex !== void 0) {
        indexReplacementMap[++captureIndex] = Number(handlerIndex);
        return "$()";
      }
      if (paramIndex !== void 0) {
        paramReplacementMap[Number(paramIndex)] = ++captureIndex;
        return "";
      }
      return "";
    });
    return [
      new RegExp(`^${regexp}`),
      indexReplacementMap,
      paramReplacementMap
    ];
  }
};

// node_modules/hono/dist/router/reg-exp-router/router.js
function endsWithWildcard(keys) {
  const tail = keys[keys.length - 1];
  return tail === "[^]*" || tail === "(?:|/[^]*)";
}
function covers(wildcard, target) {
  const last = wildcard.length - 1;
  for (let i = 0; i < last; i++) if (wildcard[i] !== target[i]) return false;
  return wildcard[last] === "[^]*" || target.length === last || target[last] === "/";
}
var RegExpRouter = class {
  name = "RegExpRouter";
  #handlers;
  #tries;
  constructor() {
    this.#handlers = { ["ALL"]: [] };
    this.#tries = { ["ALL"]: new Trie() };
  }
  #insertPath(method, path) {
    try {
      this.#tries[method].insert(path, !/\*|\/:/.test(path));
    } catch (e) {
      throw e === PATH_ERROR ? new UnsupportedPathError(path) : e;
    }
  }
  add(method, path, handler) {
    const handlers = this.#handlers;
    if (!handlers) throw new Error(MESSAGE_MATCHER_IS_ALREADY_BUILT);
    const tries = this.#tries;
    if (!handlers[method]) {
      tries[method] = new Trie();
      handlers[method] = [...handlers["ALL"]];
      for (const p in tries["ALL"].paths) this.#insertPath(method, p);
    }
    if (path === "/*") path = "*";
    const methods = method === "ALL" ? Object.keys(handlers) : [method];
    const paths = checkOptionalParameter(path) || [path];
    for (const path2 of paths) for (const m of methods) {
      if (!tries[m].paths[path2]) this.#insertPath(m, path2);
      handlers[m].push([handler, path2]);
    }
  }
  match = match;
  buildAllMatchers() {
    const matchers = createNullObject();
    for (const method of Object.keys(this.#handlers)) matchers[method] = this.#buildMatcher(method);
    this.#handlers = this.#tries = void 0;
    return matchers;
  }
  #buildMatcher(method) {
    const handlers = this.#handlers[method];
    const trie = this.#tries[method];
    const staticMap = createNullObject();
    const handlerData = [];
    const [regexp, indexReplacementMap, paramReplacementMap] = trie.buildRegExp();
    const own = createNullObject();
    const entries = handlers.map(([h, p], i) => {
      (own[p] ??= []).push(i);
      return [h, trie.paths[p][1].reduceRight((map, [key, varIndex]) => {
        map[key] = paramReplacementMap[varIndex];
        return map;
      }, createNullObject())];
    });
    const wildcards = Object.keys(own).filter((p) => endsWithWildcard(trie.paths[p][2]));
    for (const path in trie.paths) {
      const [index, , keys] = trie.paths[path];
      const indexes = [...own[path]];
      for (const p of wildcards) if (p !== path && covers(trie.paths[p][2], keys)) indexes.push(...own[p]);
      const data = indexes.sort((a, b) => a - b).map((i) => entries[i]);
      if (index === -1) {
        const last = Math.max(-1, ...data.flatMap(([, map]) => Object.values(map)));
        staticMap[path] = [data, last === -1 ? emptyParam : path.match(regexp).slice(0, last + 1)];
      } else handlerData[index] = data;
    }
    return [
      regexp,
      indexReplacementMap.map((i) => handlerData[i]),
      staticMap
    ];
  }
};

// node_modules/hono/dist/router/smart-router/router.js
var SmartRouter = class {
  name = "SmartRouter";
  #routers = [];
  #routes = [];
  constructor(init) {
    this.#routers = init.routers;
  }
  add(method, path, handler) {
    if (!this.#routes) throw new Error(MESSAGE_MATCHER_IS_ALREADY_BUILT);
    this.#routes.push([
      method,
      path,
      handler
    ]);
  }
  match(method, path) {
    if (!this.#routes) throw new Error("Fatal error");
    const routers = this.#routers;
    const routes = this.#routes;
    const len = routers.length;
    let i = 0;
    let res;
    for (; i < len; i++) {
      const router = routers[i];
      try {
        for (let i2 = 0, len2 = routes.length; i2 < len2; i2++) router.add(...routes[i2]);
        res = router.match(method, path);
      } catch (e) {
        if (e instanceof UnsupportedPathError) continue;
        throw e;
      }
      this.match = router.match.bind(router);
      this.#routers = [router];
      this.#routes = void 0;
      break;
    }
    if (i === len) throw new Error("Fatal error");
    this.name = `SmartRouter + ${this.activeRouter.name}`;
    return res;
  }
  get activeRouter() {
    if (this.#routes || this.#routers.length !== 1) throw new Error("No active router has been determined yet.");
    return this.#routers[0];
  }
};

// node_modules/hono/dist/router/trie-router/node.js
var emptyParams = createNullObject();
var order = 0;
var Node3 = class Node4 {
  #methods = [];
  #children = createNullObject();
  #patterns = [];
  #pattern;
  #params = emptyParams;
  insert(method, path, handler) {
    let curNode = this;
    const parts = splitRoutingPath(path);
    const possibleKeys = /* @__PURE__ */ new Set();
    let i = 0;
    for (const p of parts) {
      const nextP = parts[++i];
      const pattern = getPattern(p, nextP) || (nextP === void 0 && p && p.indexOf("*") === p.length - 1 ? p : null);
      const isParam = Array.isArray(pattern);
      const key = isParam ? pattern[0] : pattern || p;
      const child = curNode.#children[key] ||= new Node4();
      if (pattern && !child.#pattern) {
        child.#pattern = pattern;
        curNode.#patterns.push(child);
      }
      curNode = child;
      if (isParam) possibleKeys.add(pattern[1]);
    }
    curNode.#methods.push({ [method]: {
      handler,
      possibleKeys: [...possibleKeys],
      score: ++order
    } });
  }
  #pushHandlerSets(handlerSets, node, method, nodeParams, params) {
    for (let i = 0, len = node.#methods.length; i < len; i++) {
      const m = node.#methods[i];
      const handlerSet = m[method] || m["ALL"];
      if (handlerSet) {
        handlerSet.params = createNullObject();
        handlerSets.push(handlerSet);
        for (let i2 = 0, len2 = handlerSet.possibleKeys.length; i2 < len2; i2++) {
          const key = handlerSet.possibleKeys[i2];
          handlerSet.params[key] = params?.[key] && !i2 ? params[key] : nodeParams[key] ?? params?.[key];
        }
      }
    }
  }
  search(method, path) {
    const handlerSets = [];
    this.#params = emptyParams;
    let curNodes = [this];
    const parts = splitPath(path);
    const curNodesQueue = [];
    const len = parts.length;
    let partOffsets = null;
    for (let i = 0; i < len; i++) {
      const part = parts[i];
      const isLast = i === len - 1;
      const tempNodes = [];
      for (let j = 0, len2 = curNodes.length; j < len2; j++) {
        const node = curNodes[j];
        const nextNode = node.#children[part];
        if (nextNode) {
          nextNode.#params = node.#params;
          if (isLast) {
            if (nextNode.#children["*"]) this.#pushHandlerSets(handlerSets, nextNode.#children["*"], method, node.#params);
            this.#pushHandlerSets(handlerSets, nextNode, method, node.#params);
          } else tempNodes.push(nextNode);
        }
        for (const child of node.#patterns) {
          const pattern = child.#pattern;
          const params = node.#params === emptyParams ? {} : { ...node.#params };
          if (typeof pattern === "string") {
            if (pattern === "*" || part.startsWith(pattern.slice(0, -1))) {
              this.#pushHandlerSets(handlerSets, child, method, node.#params);
              if (pattern === "*") {
                child.#params = params;
                tempNodes.push(child);
              }
            }
            continue;
          }
          const [, name, matcher] = pattern;
          if (!part && matcher === true) continue;
          if (matcher !== true) {
            if (!partOffsets) {
              partOffsets = [];
              let offset = path[0] === "/" ? 1 : 0;
              for (let p = 0; p < len; p++) {
                partOffsets[p] = offset;
                offset += parts[p].length + 1;
              }
            }
            const restPathString = path.slice(partOffsets[i]);
            const m = matcher.exec(restPathString);
            if (m) {
              if (!Object.hasOwn(params, name)) params[name] = m[0];
              this.#pushHandlerSets(handlerSets, child, method, node.#params, params);
              if (m[0].length === restPathString.length && child.#children["*"]) this.#pushHandlerSets(handlerSets, child.#children["*"], method, node.#params, params);
              for (const _ in child.#children) {
                child.#params = params;
                const componentCount = m[0].match(/\//g)?.length ?? 0;
                (curNodesQueue[componentCount] ||= []).push(child);
                break;
              }
              continue;
            }
          }
          if (matcher === true || matcher.test(part)) {
            if (!Object.hasOwn(params, name)) params[name] = part;
            if (isLast) {
              this.#pushHandlerSets(handlerSets, child, method, params, node.#params);
              if (child.#children["*"]) this.#pushHandlerSets(handlerSets, child.#children["*"], method, params, node.#params);
            } else {
              child.#params = params;
              tempNodes.push(child);
            }
          }
        }
      }
      const shifted = curNodesQueue.shift();
      curNodes = shifted ? tempNodes.concat(shifted) : tempNodes;
    }
    if (handlerSets[1]) handlerSets.sort((a, b) => {
      return a.score - b.score;
    });
    return [handlerSets.map(({ handler, params }) => [handler, params])];
  }
};

// node_modules/hono/dist/router/trie-router/router.js
var TrieRouter = class {
  name = "TrieRouter";
  #node = new Node3();
  add(method, path, handler) {
    for (const result of checkOptionalParameter(path) || [path]) this.#node.insert(method, result, handler);
  }
  match(method, path) {
    return this.#node.search(method, path);
  }
};

// node_modules/hono/dist/hono.js
var Hono3 = class extends Hono {
  /**
  * Creates an instance of the Hono class.
  *
  * @param options - Optional configuration options for the Hono instance.
  */
  constructor(options = {}) {
    super(options);
    this.router = options.router ?? new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] });
  }
};

// src/config.ts
import { existsSync, readFileSync } from "node:fs";
import { join as join2, resolve as resolve2 } from "node:path";
import { parse } from "smol-toml";

// src/lib/loopback.ts
import { isIP } from "node:net";
function isLoopbackHost(host) {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost" || bare.endsWith(".localhost") || bare === "::1") return true;
  return isIP(bare) === 4 && bare.startsWith("127.");
}

// src/settings.ts
import { isIP as isIP2 } from "node:net";
import { join, resolve } from "node:path";

// src/lib/limits.ts
var defaultLimits = {
  password: "10/900",
  password_ip: "20/300",
  password_all: "1000/300",
  totp: "5/300 20/3600 50/86400",
  totp_ip: "10/300",
  webauthn: "10/300",
  webauthn_ip: "30/300",
  recovery_code: "5/3600 10/86400",
  recovery_code_ip: "10/3600",
  reset_mail: "3/3600 5/86400",
  reset_mail_ip: "20/3600",
  login_mail: "10/3600",
  login_mail_ip: "20/3600",
  registration: "10/86400",
  registration_ip: "30/3600",
  invite: "20/86400",
  invite_ip: "30/3600",
  token: "10/3600",
  token_ip: "30/3600",
  publisher: "10/3600",
  publisher_ip: "30/3600",
  oidc_mint: "60/60",
  oidc_mint_ip: "120/60",
  upload: "600/60",
  upload_ip: "2000/60",
  new_project: "50/86400",
  new_project_ip: "200/3600"
};
function parseLimit(text) {
  const rules = text.trim().split(/ +/).map(parseRule);
  return rules.every((rule) => rule !== void 0) ? rules : void 0;
}
function parseRule(text) {
  const [, count, seconds2] = /^([1-9][0-9]{0,8})\/([1-9][0-9]{0,8})$/.exec(text) ?? [];
  return count && seconds2 ? { count: Number(count), seconds: Number(seconds2) } : void 0;
}

// src/settings.ts
var asIs = (text) => text;
var setting = (about, otherwise, read2, show = asIs) => ({
  about,
  otherwise: typeof otherwise === "string" ? () => otherwise : otherwise,
  read: read2,
  show
});
var settings = {
  DATA_DIR: setting("The folder that holds everything: database, files, mails, master key.", "./data", (text) => resolve(text)),
  SITE_URL: setting("The address people type. Links, cookies and security keys are bound to it.", "http://localhost:8400", readSiteUrl),
  FILES_URL: setting("Where files are fetched: another host, or a CDN.", (texts) => `${texts.SITE_URL ?? ""}/packages`, readUrl),
  LISTEN: setting("Addresses to listen on, with commas between.", "127.0.0.1:8400", readListen),
  WORKERS: setting("Processes that serve side by side", "1", readWorkers),
  TLS_CERT: setting("PEM file of the certificate. With TLS_KEY it switches HTTPS on.", "", optional),
  TLS_KEY: setting("PEM file of the certificate\u2019s key.", "", optional),
  DATABASE_URL: setting(
    "`sqlite:PATH` or `postgres://\u2026`",
    inData("sqlite:", "wheelkeep.db"),
    (text) => readScheme(text, ["sqlite:", "postgres:", "postgresql:"]),
    hidePassword
  ),
  STORAGE_URL: setting("Where files are kept: `file:FOLDER`", inData("file:", "files"), (text) => readScheme(text, ["file:"])),
  MAIL_URL: setting(
    "`file:FOLDER`, `smtps://\u2026`, or `smtp://\u2026` (with STARTTLS). Must be set when SITE_URL isn\u2019t loopback.",
    defaultMailUrl,
    readMailUrl,
    hidePassword
  ),
  MAIL_FROM: setting("The sender of mails.", (texts) => `wheelkeep@${hostOf(texts.SITE_URL ?? "")}`, readMailFrom),
  MASTER_KEY_FILE: setting(
    "The key that seals the secrets in the database, made at the first start. Keep a copy apart from the backups.",
    inData("", "master.key"),
    (text) => resolve(text)
  ),
  READ_ACCESS: setting("Who may install: `public`", "public", (text) => readChoice(text, ["public"])),
  REGISTRATION: setting("Who may register: `open` or `closed`", "open", (text) => readChoice(text, ["open", "closed"])),
  LIMITS: setting(
    "JSON object: name \u2192 `count/seconds`, or several with a space between. A name left out keeps its default.",
    "{}",
    readLimits
  ),
  MAX_FILE_SIZE: setting("Bytes, or with `MiB` or `GiB`", "1 GiB", readSize),
  MAX_PROJECT_SIZE: setting(
    "All files of a project together: bytes, or with `MiB` or `GiB`, or `none`",
    "none",
    (text) => text === "none" ? Infinity : readSize(text)
  ),
  READ_ONLY: setting("`on`: reads go on, every change is refused", "off", readSwitch),
  INDEX_MAX_AGE: setting("Seconds that clients and a CDN may keep index pages", "0", readSeconds),
  TRUSTED_PROXIES: setting("Networks (CIDR, with commas between) whose forwarded headers are believed", "", readNetworks),
  ALLOW_HOST_CHANGE: setting("`on`: start under another host although security keys exist; all of them stop working", "off", readSwitch)
};
function inData(scheme, name) {
  return (texts) => `${scheme}${join(resolve(texts.DATA_DIR ?? ""), name)}`;
}
function defaultMailUrl(texts) {
  return isLoopbackHost(hostOf(texts.SITE_URL ?? "")) ? inData("file:", "outbox")(texts) : "";
}
function hostOf(url) {
  return URL.canParse(url) ? new URL(url).hostname : "";
}
function optional(text) {
  return text === "" ? void 0 : resolve(text);
}
function readUrl(text) {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new RangeError("must be an address that begins with http:// or https://");
  return text.replace(/\/+$/, "");
}
function readSiteUrl(text) {
  const url = new URL(readUrl(text));
  if (url.pathname !== "/" || url.search || url.hash || url.username)
    throw new RangeError("must be scheme, host and port only, as https://pkg.example.org");
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname))
    throw new RangeError("must begin with https:// unless its host is this machine");
  return url.origin;
}
function readListen(text) {
  return text.split(",").map((part) => {
    const [, host, port2] = /^(.+):([0-9]{1,5})$/.exec(part.trim()) ?? [];
    if (!host || !port2 || Number(port2) > 65535) throw new RangeError("must be HOST:PORT, or several with commas between");
    return { host: host.replace(/^\[|\]$/g, ""), port: Number(port2) };
  });
}
function readScheme(text, schemes) {
  if (!schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length))
    throw new RangeError(`must begin with ${schemes.join(" or ")}`);
  return text;
}
function readMailUrl(text) {
  if (text === "") throw new RangeError("must be set when SITE_URL isn\u2019t this machine: smtps://\u2026, or file:FOLDER if that is meant");
  return readScheme(text, ["file:", "smtp:", "smtps:"]);
}
function readMailFrom(text) {
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text)) throw new RangeError("must be one e-mail address");
  return text;
}
function readChoice(text, choices) {
  const choice = choices.find((choice2) => choice2 === text);
  if (choice === void 0) throw new RangeError(`must be ${choices.join(" or ")}`);
  return choice;
}
function readSwitch(text) {
  return readChoice(text, ["on", "off"]) === "on";
}
function readSize(text) {
  const [, figure, unit] = /^([0-9]{1,15}) ?(MiB|GiB)?$/.exec(text) ?? [];
  const bytes = Number(figure) * (unit === "GiB" ? 1024 ** 3 : unit === "MiB" ? 1024 ** 2 : 1);
  if (!(bytes > 0)) throw new RangeError("must be a number of bytes, or of MiB or GiB, as 200 MiB");
  return bytes;
}
function readWorkers(text) {
  if (!/^[1-9][0-9]?$/.test(text)) throw new RangeError("must be a number from 1 to 99");
  return Number(text);
}
function readSeconds(text) {
  if (!/^[0-9]{1,8}$/.test(text)) throw new RangeError("must be a number of seconds");
  return Number(text);
}
function readNetworks(text) {
  return text.split(",").map((part) => part.trim()).filter(Boolean).map((network) => {
    const [address = "", bits = isIP2(address) === 6 ? "128" : "32", ...rest] = network.split("/");
    const most = isIP2(address) === 6 ? 128 : 32;
    if (!isIP2(address) || rest.length > 0 || !/^[0-9]{1,3}$/.test(bits) || Number(bits) > most)
      throw new RangeError("must be networks as 10.0.0.0/8");
    if (Number(bits) === 0) throw new RangeError("must not trust every address: anybody could claim to be anybody");
    return `${address}/${bits}`;
  });
}
function readLimits(text) {
  const wanted = jsonObject(text);
  const unknown = Object.keys(wanted).filter((name) => !(name in defaultLimits));
  if (unknown.length > 0)
    throw new RangeError(`has no limit called ${unknown.join(", ")}; there are ${Object.keys(defaultLimits).join(" ")}`);
  return Object.fromEntries(
    Object.entries({ ...defaultLimits, ...wanted }).map(([name, limit]) => [name, readLimit(name, limit)])
  );
}
function readLimit(name, limit) {
  const parsed = typeof limit === "string" ? parseLimit(limit) : void 0;
  if (!parsed) throw new RangeError(`needs count/seconds for ${name}, as "600/60"`);
  return parsed;
}
function jsonObject(text) {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
  }
  throw new RangeError('must be a JSON object, as {"upload":"600/60"}');
}
function hidePassword(text) {
  return text.replace(/^([a-z]+:\/\/[^:@/]*):[^@/]*@/, "$1:\u2026@");
}

// src/config.ts
function readConfig(flags, environment) {
  const problems2 = [];
  const file = readFile(environment.CONFIG ?? join2(flags.DATA_DIR ?? environment.DATA_DIR ?? "./data", "wheelkeep.toml"), problems2);
  const sources = [
    { source: "flag", texts: flags },
    { source: "environment", texts: environment },
    { source: file.path, texts: file.texts }
  ];
  const texts = {};
  const values = {};
  const shown = [];
  for (const [name, setting2] of Object.entries(settings)) {
    const found2 = sources.find((source) => source.texts[name] !== void 0);
    const text = found2?.texts[name] ?? setting2.otherwise(texts);
    texts[name] = text;
    shown.push({ name, text: setting2.show(text), source: found2?.source ?? "default" });
    values[name.toLowerCase()] = read(name, setting2, text, problems2);
  }
  const config2 = values;
  if (problems2.length === 0) problems2.push(...contradictions(config2));
  return problems2.length > 0 ? { shown, problems: problems2 } : { shown, problems: problems2, config: Object.freeze(config2) };
}
function read(name, setting2, text, problems2) {
  try {
    return setting2.read(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems2.push(`${name} ${error.message}.`);
    return void 0;
  }
}
function readFile(path, problems2) {
  const texts = {};
  const where = resolve2(path);
  if (!existsSync(where)) return { path: where, texts };
  for (const [key, value] of Object.entries(parseToml(where, problems2))) {
    const name = key.toUpperCase();
    if (!(name in settings)) problems2.push(`${where} has the unknown setting ${key}.`);
    texts[name] = typeof value === "object" ? JSON.stringify(value) : String(value);
  }
  return { path: where, texts };
}
function parseToml(path, problems2) {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    problems2.push(`${path} can\u2019t be read: ${error instanceof Error ? error.message.split("\n")[0] : error}.`);
    return {};
  }
}
function contradictions(config2) {
  const problems2 = [];
  const secure = config2.site_url.startsWith("https:");
  if (config2.tls_cert === void 0 !== (config2.tls_key === void 0)) problems2.push("TLS_CERT and TLS_KEY must be set together.");
  if (config2.tls_cert && !secure) problems2.push("SITE_URL must begin with https:// when TLS_CERT is set.");
  const open3 = config2.listen.filter(({ host }) => !isLoopbackHost(host));
  if (open3.length > 0 && !config2.tls_cert && !(secure && config2.trusted_proxies.length > 0)) {
    problems2.push("LISTEN reaches beyond this machine: set TLS_CERT and TLS_KEY, or TRUSTED_PROXIES and a SITE_URL with https://.");
  }
  return problems2;
}

// src/db/database.ts
import { setTimeout as setTimeout2 } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  SqliteDialect,
  SqliteDriver,
  sql
} from "kysely";
import pg from "pg";
function openDatabase(url) {
  if (/^postgres(ql)?:/.test(url)) {
    return new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, types: { getTypeParser } }) }) });
  }
  const file = new Sqlite(url.replace(/^sqlite:/, ""));
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"]) file.pragma(pragma);
  return new Kysely({ dialect: new ImmediateSqliteDialect({ database: file }) });
}
async function transaction(db2, work) {
  if (db2.isTransaction) return work(db2);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db2.transaction().setIsolationLevel("read committed").execute(work);
    } catch (error) {
      if (attempt === 5 || !lostConflict(error)) throw error;
      await setTimeout2(Math.random() * 20 * 2 ** attempt);
    }
  }
}
var isPostgres = (db2) => db2.getExecutor().adapter instanceof PostgresAdapter;
var lostConflict = (error) => error instanceof pg.DatabaseError && (error.code === "40001" || error.code === "40P01");
var getTypeParser = (oid, format) => oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
var ImmediateSqliteDialect = class extends SqliteDialect {
  #config;
  constructor(config2) {
    super(config2);
    this.#config = config2;
  }
  createDriver() {
    return new ImmediateSqliteDriver(this.#config);
  }
};
var ImmediateSqliteDriver = class extends SqliteDriver {
  async beginTransaction(connection) {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
};

// src/db/migrate.ts
import { createHash } from "node:crypto";
import { readdir, readFile as readFile2 } from "node:fs/promises";
import { sql as sql2 } from "kysely";
var folder = new URL("../../migrations/", import.meta.url);
async function migrate(db2, at) {
  const files2 = await migrations();
  return transaction(db2, async (db3) => {
    if (isPostgres(db3)) await sql2`select pg_advisory_xact_lock(8400)`.execute(db3);
    await sql2`create table if not exists migrations (name text primary key, sha256 text not null, applied_at bigint not null)`.execute(db3);
    const applied = new Map((await db3.selectFrom("migrations").selectAll().execute()).map((row) => [row.name, row.sha256]));
    const changed = files2.find(({ name, sha256: sha2562 }) => applied.has(name) && applied.get(name) !== sha2562);
    if (changed) throw new Error(`${changed.name} has changed since it was applied: migrations are append-only`);
    const fresh = files2.filter(({ name }) => !applied.has(name));
    for (const { name, text, sha256: sha2562 } of fresh) {
      await run(db3, text);
      await db3.insertInto("migrations").values({ name, sha256: sha2562, applied_at: at }).execute();
    }
    return fresh.map(({ name }) => name);
  });
}
async function migrations() {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile2(new URL(name, folder), "utf8");
      return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
    })
  );
}
async function run(db2, text) {
  for (const statement of text.split(/;\s*$/m)) {
    if (statement.trim()) await sql2.raw(statement).execute(db2);
  }
}

// src/lib/bounded-cache.ts
function boundedCache(most) {
  const entries = /* @__PURE__ */ new Map();
  let total = 0;
  function remove(key) {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }
  function makeRoom() {
    for (const [key, entry] of entries) {
      if (total <= most) return;
      entries.delete(key);
      if (entry.used) entries.set(key, { ...entry, used: false });
      else total -= entry.bytes;
    }
  }
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry) entry.used = true;
      return entry?.value;
    },
    set(key, value, bytes) {
      remove(key);
      entries.set(key, { value, bytes, used: false });
      total += bytes;
      makeRoom();
    },
    delete: remove,
    keys: () => entries.keys()
  };
}

// src/lib/time.ts
var seconds = (n) => n * 1e3;
var minutes = (n) => n * 6e4;
var hours = (n) => n * 36e5;
var days = (n) => n * 864e5;
var units = [
  [days(1), "day"],
  [hours(1), "hour"],
  [minutes(1), "minute"]
];
var dayWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

// src/features/simple-api/answer.ts
import { createHash as createHash2 } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

// src/http/headers.ts
var pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types wheelkeep";
var headers = {
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), clipboard-read=()",
  "cache-control": "no-store"
};
var sandboxPolicy = "sandbox; default-src 'none'";
function standardHeaders({ site_url }) {
  if (!site_url.startsWith("https:")) return { "content-security-policy": pagePolicy, ...headers };
  const secure = { "content-security-policy": `${pagePolicy}; upgrade-insecure-requests`, "strict-transport-security": "max-age=63072000" };
  return { ...secure, ...headers };
}
async function securityHeaders(c, next) {
  await next();
  for (const [name, value] of Object.entries(standardHeaders(c.var.app.config))) setUnlessSet(c, name, value);
}
function setUnlessSet(c, name, value) {
  if (!c.res.headers.has(name)) c.header(name, value);
}

// src/lib/accept.ts
var simpleTypes = {
  json: "application/vnd.pypi.simple.v1+json",
  html: "application/vnd.pypi.simple.v1+html",
  text: "text/html"
};
function negotiate(accept) {
  const items = accept.split(",").flatMap(readItem);
  if (items.length === 0) return "text";
  const offers = preferred.map((type) => ({ type, ...weigh(items, type) })).filter(({ weight }) => weight > 0);
  const most = Math.max(...offers.map(({ weight }) => weight));
  const best = offers.filter(({ weight }) => weight === most);
  return best.length === 0 ? void 0 : best.find(({ rank: rank2 }) => rank2 > 1)?.type ?? "text";
}
function typeOfFormat(format) {
  const name = format.trim().replace(" ", "+").toLowerCase();
  return preferred.find((type) => namesOf[type].includes(name));
}
function acceptsGzip(acceptEncoding) {
  const items = acceptEncoding.split(",").map(readWeighed);
  const named = items.find(({ name }) => name === "gzip") ?? items.find(({ name }) => name === "*");
  return (named?.weight ?? 0) > 0;
}
var preferred = ["json", "html", "text"];
var namesOf = {
  json: [simpleTypes.json, "application/vnd.pypi.simple.latest+json"],
  html: [simpleTypes.html, "application/vnd.pypi.simple.latest+html"],
  text: [simpleTypes.text]
};
function readItem(text) {
  const item = readWeighed(text);
  return item.weight >= 0 && item.name.includes("/") ? [item] : [];
}
function readWeighed(text) {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const said = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  if (said === void 0) return { name, weight: 1 };
  return { name, weight: /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(said) ? Number(said) : -1 };
}
function weigh(items, type) {
  const family = `${simpleTypes[type].split("/")[0]}/*`;
  const ranks = [namesOf[type], [family], ["*/*"]];
  for (const [at, names] of ranks.entries()) {
    const weights = items.filter(({ name }) => names.includes(name)).map(({ weight }) => weight);
    if (weights.length > 0) return { weight: Math.max(...weights), rank: 3 - at };
  }
  return { weight: 0, rank: 0 };
}

// src/lib/conditional.ts
function isKnown(ifNoneMatch, etag) {
  if (ifNoneMatch === etag || ifNoneMatch === "*") return true;
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([known]) => known === etag);
}
var isUnmodified = (ifModifiedSince, changed_at) => Math.floor(changed_at / 1e3) * 1e3 <= Date.parse(ifModifiedSince);
var isSame = (ifRange, etag, lastModified) => ifRange === etag || ifRange === lastModified;

// src/features/simple-api/answer.ts
async function makeIndexPage(config2, type, serial, text) {
  const body = Buffer.from(text);
  const packed = await promisify(gzip)(body);
  const headers2 = headersOf(config2, serial);
  const content = { "content-type": type === "text" ? `${simpleTypes.text}; charset=utf-8` : simpleTypes[type] };
  return {
    plain: makeVariant(headers2, content, body),
    gzip: makeVariant(headers2, { ...content, "content-encoding": "gzip" }, packed),
    bytes: body.length + packed.length + 8192
  };
}
function answerFrom(page2, takesGzip, ifNoneMatch) {
  const variant = takesGzip ? page2.gzip : page2.plain;
  return ifNoneMatch !== void 0 && isKnown(ifNoneMatch, variant.etag) ? variant.unchanged : variant.whole;
}
function makeVariant(lasting, content, body) {
  const etag = `"${createHash2("sha256").update(content["content-type"] ?? "").update(body).digest("base64url").slice(0, 22)}"`;
  const headers2 = { ...lasting, etag };
  const whole = { ...headers2, ...content, "content-length": String(body.length) };
  return {
    etag,
    whole: { status: 200, headers: whole, flat: Object.entries(whole).flat(), body },
    unchanged: { status: 304, headers: headers2, flat: Object.entries(headers2).flat(), body: null }
  };
}
var headersOf = (config2, serial) => ({
  ...standardHeaders(config2),
  "content-security-policy": sandboxPolicy,
  "cache-control": config2.index_max_age > 0 ? `public, max-age=${config2.index_max_age}` : "public, max-age=0, must-revalidate",
  vary: "Accept, Accept-Encoding",
  "access-control-allow-origin": "*",
  "x-pypi-last-serial": String(serial)
});

// src/lib/file-url.ts
var fileUrl = (files_url, { sha256: sha2562, filename }) => `${files_url}/${sha2562.slice(0, 2)}/${sha2562.slice(2, 4)}/${sha2562.slice(4)}/${encodeSegment(filename)}`;
var encodeSegment = (text) => encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

// src/lib/html.ts
var escapeHtml = (text) => text.toWellFormed().replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\t\n]/gu, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

// src/lib/pep440.ts
function parseVersion(text) {
  const found2 = text.length > 128 ? void 0 : spellings.exec(text)?.groups;
  if (!found2) return void 0;
  const parts = {
    epoch: BigInt(found2.epoch ?? 0),
    release: (found2.release ?? "").split(".").map(BigInt),
    pre: found2.pre === void 0 ? void 0 : [phaseOf(found2.pre.toLowerCase()), BigInt(found2.preNumber ?? 0)],
    post: (found2.post ?? found2.dash) === void 0 ? void 0 : BigInt(found2.dash ?? found2.postNumber ?? 0),
    dev: found2.dev === void 0 ? void 0 : BigInt(found2.devNumber ?? 0),
    local: (found2.local?.toLowerCase().split(/[._-]/) ?? []).map((part) => /^[0-9]+$/.test(part) ? BigInt(part) : part)
  };
  return parts;
}
var versionText = (version) => spelled(version, version.release);
var versionKey = (version) => spelled(version, significant(version.release));
var compareVersions = (a, b) => compareNumbers(a.epoch, b.epoch) || compareLists(significant(a.release), significant(b.release), compareNumbers) || compareLists(rank(a), rank(b), compareNumbers) || compareLists(a.local, b.local, compareLocal);
var spellings = new RegExp(
  [
    /^[ \t\n\r\f\v]*v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)/,
    /(?:[._-]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[._-]?(?<preNumber>[0-9]+)?)?/,
    /(?:-(?<dash>[0-9]+)|[._-]?(?<post>post|rev|r)[._-]?(?<postNumber>[0-9]+)?)?/,
    /(?:[._-]?(?<dev>dev)[._-]?(?<devNumber>[0-9]+)?)?/,
    /(?:\+(?<local>[a-z0-9]+(?:[._-][a-z0-9]+)*))?[ \t\n\r\f\v]*$/
  ].map((part) => part.source).join(""),
  "i"
  // never with `u`: that folds the long s and the Kelvin sign into ASCII
);
function phaseOf(letters) {
  if (letters.startsWith("a")) return "a";
  return letters.startsWith("b") ? "b" : "rc";
}
function spelled({ epoch, pre, post, dev, local }, release) {
  return [
    epoch === 0n ? "" : `${epoch}!`,
    release.join("."),
    pre?.join("") ?? "",
    post === void 0 ? "" : `.post${post}`,
    dev === void 0 ? "" : `.dev${dev}`,
    local.length === 0 ? "" : `+${local.join(".")}`
  ].join("");
}
function significant(release) {
  const last = release.findLastIndex((part) => part !== 0n);
  return release.slice(0, Math.max(last, 0) + 1);
}
function rank({ pre, post, dev }) {
  const onlyDev = pre === void 0 && post === void 0 && dev !== void 0;
  const phase = pre ? { a: 1n, b: 2n, rc: 3n }[pre[0]] : onlyDev ? 0n : 4n;
  return [phase, pre?.[1] ?? 0n, post ?? -1n, dev === void 0 ? 1n : 0n, dev ?? 0n];
}
var compareNumbers = (a, b) => a < b ? -1 : Number(a > b);
function compareLocal(a, b) {
  if (typeof a !== typeof b) return typeof a === "string" ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}
function compareLists(a, b, compare) {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (right === void 0) return 1;
    const order2 = compare(left, right);
    if (order2 !== 0) return order2;
  }
  return a.length - b.length;
}

// src/features/simple-api/documents.ts
var apiVersion = "1.4";
function projectJson({ name, serial, files: files2 }, filesUrl) {
  const versions = sortVersions(files2);
  return JSON.stringify({
    meta: { "api-version": apiVersion, "_last-serial": serial },
    name,
    "project-status": { status: "active" },
    versions,
    files: sortFiles(files2, versions).map((file) => fileObject(file, filesUrl))
  });
}
function projectHtml({ name, files: files2 }, filesUrl) {
  const lines = sortFiles(files2, sortVersions(files2)).map((file) => fileAnchor(file, filesUrl));
  return page(`Links for ${name}`, '\n<meta name="pypi:project-status" content="active">', lines);
}
function projectsJson({ serial, projects }) {
  const listed = projects.map(({ name, last_serial }) => ({ name, "_last-serial": last_serial }));
  return JSON.stringify({ meta: { "api-version": apiVersion, "_last-serial": serial }, projects: listed });
}
function projectsHtml({ projects }) {
  return page(
    "Simple index",
    "",
    projects.map(({ name, normalized_name }) => `<a href="/simple/${normalized_name}/">${name}</a><br>
`)
  );
}
function fileObject(file, filesUrl) {
  const { filename, sha256: sha2562, size, metadata_sha256, requires_python, yanked_at, yanked_reason, created_at } = file;
  return {
    filename,
    url: fileUrl(filesUrl, file),
    hashes: { sha256: sha2562 },
    ...requires_python && { "requires-python": requires_python },
    size,
    "upload-time": `${new Date(created_at).toISOString().slice(0, -1)}000Z`,
    yanked: yanked_at !== null && (yanked_reason || true),
    "core-metadata": metadata_sha256 !== null && { sha256: metadata_sha256 }
  };
}
function fileAnchor(file, filesUrl) {
  const { filename, sha256: sha2562, metadata_sha256, requires_python, yanked_at, yanked_reason } = file;
  const attributes = [
    requires_python ? ` data-requires-python="${escapeHtml(requires_python)}"` : "",
    metadata_sha256 ? ` data-core-metadata="sha256=${metadata_sha256}" data-dist-info-metadata="sha256=${metadata_sha256}"` : "",
    yanked_at === null ? "" : ` data-yanked="${escapeHtml(yanked_reason ?? "")}"`
  ];
  return `<a href="${fileUrl(filesUrl, file)}#sha256=${sha2562}"${attributes.join("")}>${escapeHtml(filename)}</a><br>
`;
}
var page = (title, meta, lines) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="pypi:repository-version" content="${apiVersion}">${meta}
<title>${title}</title></head><body><h1>${title}</h1>
${lines.join("")}</body></html>
`;
function sortVersions(files2) {
  const versions = [...new Set(files2.map(({ version }) => version))].flatMap((text) => withVersion(text, parseVersion(text)));
  return versions.sort((a, b) => compareVersions(a.version, b.version)).map(({ text }) => text);
}
var withVersion = (text, version) => version ? [{ text, version }] : [];
function sortFiles(files2, versions) {
  const place = new Map(versions.map((version, at) => [version, at]));
  const placeOf = ({ version }) => place.get(version) ?? 0;
  return [...files2].sort((a, b) => placeOf(a) - placeOf(b) || (a.filename < b.filename ? -1 : 1));
}

// src/features/simple-api/queries.ts
async function findListedProject(db2, normalized_name) {
  const rows = await db2.selectFrom("projects").leftJoin("files", "files.project_id", "projects.id").leftJoin("releases", "releases.id", "files.release_id").select(["projects.last_serial", "files.filename", "releases.version", "files.sha256", "files.size", "files.metadata_sha256"]).select(["files.requires_python", "files.yanked_at", "files.yanked_reason", "files.created_at"]).where("projects.normalized_name", "=", normalized_name).execute();
  return rows[0] && { name: normalized_name, serial: rows[0].last_serial, files: rows.filter(hasFile) };
}
var hasFile = (row) => row.filename !== null;
async function listProjects(db2) {
  const rows = await db2.selectFrom("index_state").leftJoin("projects", (join4) => join4.onTrue()).select(["index_state.serial", "projects.name", "projects.normalized_name", "projects.last_serial"]).orderBy("projects.normalized_name").execute();
  return { serial: rows[0]?.serial ?? 0, projects: rows.filter(hasProject) };
}
var hasProject = (row) => row.name !== null;
async function findSerial(db2) {
  return (await db2.selectFrom("index_state").select("serial").executeTakeFirstOrThrow()).serial;
}
async function listChangedNames(db2, serial) {
  const rows = await db2.selectFrom("projects").select("normalized_name").where("last_serial", ">", serial).execute();
  return rows.map(({ normalized_name }) => normalized_name);
}

// src/features/simple-api/pages.ts
function openIndexPages(config2, most = 256 * 1024 * 1024) {
  const pages = boundedCache(most);
  const loads = /* @__PURE__ */ new Map();
  let seen;
  let fresh_until = 0;
  function drop(key) {
    pages.delete(key);
    loads.delete(key);
  }
  function forget(name) {
    for (const type of types) drop(keyOf(name, type));
    if (name !== "") forget("");
  }
  async function load(db2, name, type) {
    const key = keyOf(name, type);
    const making = loads.get(key) ?? render(db2, config2, name, type);
    loads.set(key, making);
    try {
      const page2 = await making;
      if (page2 && loads.get(key) === making) pages.set(key, page2, page2.bytes);
      return page2;
    } finally {
      if (loads.get(key) === making) loads.delete(key);
    }
  }
  async function refresh(db2, now) {
    const from = seen;
    const serial = await findSerial(db2);
    if (from === void 0 || serial < from) [...pages.keys(), ...loads.keys()].forEach(drop);
    else if (serial > from) ["", ...await listChangedNames(db2, from)].forEach(forget);
    seen = serial;
    fresh_until = now + seconds(1);
  }
  return { get: (name, type) => pages.get(keyOf(name, type)), load, forget, refresh, isFresh: (now) => now < fresh_until };
}
var types = ["json", "html", "text"];
var keyOf = (name, type) => `${type} ${name}`;
async function render(db2, config2, name, type) {
  if (name === "") {
    const list2 = await listProjects(db2);
    return makeIndexPage(config2, type, list2.serial, type === "json" ? projectsJson(list2) : projectsHtml(list2));
  }
  const project = await findListedProject(db2, name);
  if (!project) return void 0;
  const text = type === "json" ? projectJson(project, config2.files_url) : projectHtml(project, config2.files_url);
  return makeIndexPage(config2, type, project.serial, text);
}

// src/lib/remember.ts
function remember(read2, most = 500) {
  const known = /* @__PURE__ */ new Map();
  return (text) => {
    const found2 = known.get(text);
    if (found2) return found2.value;
    const value = read2(text);
    if (known.size >= most) known.clear();
    known.set(text, { value });
    return value;
  };
}

// src/features/simple-api/short-cut.ts
function shortCut({ config: config2, index, clock }) {
  const { host } = new URL(config2.site_url);
  const typeOf = remember(negotiate);
  const takesGzip = remember(acceptsGzip);
  return ({ method, url = "", headers: headers2 }, response) => {
    const name = nameIn(url);
    if (name === void 0 || method !== "GET" && method !== "HEAD") return false;
    if (headers2.host !== host || headers2["cache-control"] !== void 0 || !index.isFresh(clock())) return false;
    const type = typeOf(headers2.accept ?? "");
    const page2 = type && index.get(name, type);
    if (!page2) return false;
    const answer = answerFrom(page2, takesGzip(headers2["accept-encoding"] ?? ""), headers2["if-none-match"]);
    response.writeHead(answer.status, answer.flat);
    response.end(method === "GET" ? answer.body : void 0);
    return true;
  };
}
function nameIn(url) {
  if (!url.startsWith("/simple/") || !url.endsWith("/")) return void 0;
  return url === "/simple/" ? "" : url.slice("/simple/".length, -1) || void 0;
}

// src/features/simple-api/routes.ts
import { Hono as Hono4 } from "hono";

// src/lib/data/stdlib-names.json
var stdlib_names_default = {
  source: "stdlib-list 0.12.0",
  date: "2026-11-22",
  names: [
    "abc",
    "abcoll",
    "aepack",
    "aetools",
    "aetypes",
    "aifc",
    "aix-support",
    "al",
    "android-support",
    "annotationlib",
    "antigravity",
    "anydbm",
    "apple-support",
    "applesingle",
    "argparse",
    "array",
    "ast",
    "ast-unparse",
    "asynchat",
    "asyncio",
    "asyncio-base-events",
    "asyncio-base-futures",
    "asyncio-base-subprocess",
    "asyncio-base-tasks",
    "asyncio-compat",
    "asyncio-constants",
    "asyncio-coroutines",
    "asyncio-events",
    "asyncio-exceptions",
    "asyncio-format-helpers",
    "asyncio-futures",
    "asyncio-graph",
    "asyncio-locks",
    "asyncio-log",
    "asyncio-main",
    "asyncio-mixins",
    "asyncio-proactor-events",
    "asyncio-protocols",
    "asyncio-queues",
    "asyncio-runners",
    "asyncio-selector-events",
    "asyncio-sslproto",
    "asyncio-staggered",
    "asyncio-streams",
    "asyncio-subprocess",
    "asyncio-taskgroups",
    "asyncio-tasks",
    "asyncio-test-utils",
    "asyncio-threads",
    "asyncio-timeouts",
    "asyncio-tools",
    "asyncio-transports",
    "asyncio-trsock",
    "asyncio-unix-events",
    "asyncio-windows-events",
    "asyncio-windows-utils",
    "asyncore",
    "atexit",
    "audiodev",
    "audioop",
    "autogil",
    "base64",
    "basehttpserver",
    "bastion",
    "bdb",
    "binascii",
    "binhex",
    "bisect",
    "blake2",
    "bootlocale",
    "bootsubprocess",
    "bsddb",
    "bsddb-db",
    "bsddb-dbobj",
    "bsddb-dbrecio",
    "bsddb-dbshelve",
    "bsddb-dbtables",
    "bsddb-dbutils",
    "bsddb-test",
    "bsddb-test-test-all",
    "bsddb-test-test-associate",
    "bsddb-test-test-basics",
    "bsddb-test-test-compare",
    "bsddb-test-test-compat",
    "bsddb-test-test-cursor-pget-bug",
    "bsddb-test-test-db",
    "bsddb-test-test-dbenv",
    "bsddb-test-test-dbobj",
    "bsddb-test-test-dbshelve",
    "bsddb-test-test-dbtables",
    "bsddb-test-test-distributed-transactions",
    "bsddb-test-test-early-close",
    "bsddb-test-test-fileid",
    "bsddb-test-test-get-none",
    "bsddb-test-test-join",
    "bsddb-test-test-lock",
    "bsddb-test-test-misc",
    "bsddb-test-test-pickle",
    "bsddb-test-test-queue",
    "bsddb-test-test-recno",
    "bsddb-test-test-replication",
    "bsddb-test-test-sequence",
    "bsddb-test-test-thread",
    "buildtools",
    "builtin",
    "builtins",
    "bz2",
    "calendar",
    "canvas",
    "carbon-ae",
    "carbon-ah",
    "carbon-app",
    "carbon-appearance",
    "carbon-carbonevents",
    "carbon-carbonevt",
    "carbon-cf",
    "carbon-cg",
    "carbon-cm",
    "carbon-components",
    "carbon-controlaccessor",
    "carbon-controls",
    "carbon-corefounation",
    "carbon-coregraphics",
    "carbon-ctl",
    "carbon-dialogs",
    "carbon-dlg",
    "carbon-drag",
    "carbon-dragconst",
    "carbon-events",
    "carbon-evt",
    "carbon-file",
    "carbon-files",
    "carbon-fm",
    "carbon-folder",
    "carbon-folders",
    "carbon-fonts",
    "carbon-help",
    "carbon-ibcarbon",
    "carbon-ibcarbonruntime",
    "carbon-icns",
    "carbon-icons",
    "carbon-launch",
    "carbon-launchservices",
    "carbon-list",
    "carbon-lists",
    "carbon-machelp",
    "carbon-mediadescr",
    "carbon-menu",
    "carbon-menus",
    "carbon-mlte",
    "carbon-osa",
    "carbon-osaconst",
    "carbon-qd",
    "carbon-qdoffs",
    "carbon-qdoffscreen",
    "carbon-qt",
    "carbon-quickdraw",
    "carbon-quicktime",
    "carbon-res",
    "carbon-resources",
    "carbon-scrap",
    "carbon-snd",
    "carbon-sound",
    "carbon-te",
    "carbon-textedit",
    "carbon-win",
    "carbon-windows",
    "cd",
    "cfmfile",
    "cgi",
    "cgihttpserver",
    "cgitb",
    "chunk",
    "cmath",
    "cmd",
    "code",
    "codecs",
    "codecs-cn",
    "codecs-hk",
    "codecs-iso2022",
    "codecs-jp",
    "codecs-kr",
    "codecs-tw",
    "codeop",
    "collections",
    "collections-abc",
    "collections-main",
    "colorize",
    "colorpicker",
    "colorsys",
    "commands",
    "compat-pickle",
    "compileall",
    "compiler",
    "compiler-ast",
    "compiler-consts",
    "compiler-future",
    "compiler-misc",
    "compiler-pyassem",
    "compiler-pycodegen",
    "compiler-symbols",
    "compiler-syntax",
    "compiler-transformer",
    "compiler-visitor",
    "compression",
    "compression-bz2",
    "compression-common",
    "compression-common-streams",
    "compression-gzip",
    "compression-lzma",
    "compression-zlib",
    "compression-zstd",
    "compression-zstd-zstdfile",
    "concurrent",
    "concurrent-futures",
    "concurrent-futures-base",
    "concurrent-futures-interpreter",
    "concurrent-futures-process",
    "concurrent-futures-thread",
    "concurrent-interpreters",
    "concurrent-interpreters-crossinterp",
    "concurrent-interpreters-queues",
    "configparser",
    "contextlib",
    "contextvars",
    "cookie",
    "cookielib",
    "copy",
    "copy-reg",
    "copyreg",
    "cpickle",
    "cprofile",
    "crypt",
    "cstringio",
    "csv",
    "ctypes",
    "ctypes-aix",
    "ctypes-endian",
    "ctypes-layout",
    "ctypes-macholib",
    "ctypes-macholib-dyld",
    "ctypes-macholib-dylib",
    "ctypes-macholib-framework",
    "ctypes-test",
    "ctypes-test-main",
    "ctypes-test-runtests",
    "ctypes-test-test-anon",
    "ctypes-test-test-array-in-pointer",
    "ctypes-test-test-arrays",
    "ctypes-test-test-as-parameter",
    "ctypes-test-test-bitfields",
    "ctypes-test-test-buffers",
    "ctypes-test-test-bytes",
    "ctypes-test-test-byteswap",
    "ctypes-test-test-callbacks",
    "ctypes-test-test-cast",
    "ctypes-test-test-cfuncs",
    "ctypes-test-test-checkretval",
    "ctypes-test-test-delattr",
    "ctypes-test-test-errno",
    "ctypes-test-test-find",
    "ctypes-test-test-frombuffer",
    "ctypes-test-test-funcptr",
    "ctypes-test-test-functions",
    "ctypes-test-test-incomplete",
    "ctypes-test-test-init",
    "ctypes-test-test-internals",
    "ctypes-test-test-keeprefs",
    "ctypes-test-test-libc",
    "ctypes-test-test-loading",
    "ctypes-test-test-macholib",
    "ctypes-test-test-memfunctions",
    "ctypes-test-test-numbers",
    "ctypes-test-test-objects",
    "ctypes-test-test-parameters",
    "ctypes-test-test-pep3118",
    "ctypes-test-test-pickling",
    "ctypes-test-test-pointers",
    "ctypes-test-test-prototypes",
    "ctypes-test-test-python-api",
    "ctypes-test-test-random-things",
    "ctypes-test-test-refcounts",
    "ctypes-test-test-repr",
    "ctypes-test-test-returnfuncptrs",
    "ctypes-test-test-simplesubclasses",
    "ctypes-test-test-sizes",
    "ctypes-test-test-slicing",
    "ctypes-test-test-stringptr",
    "ctypes-test-test-strings",
    "ctypes-test-test-struct-fields",
    "ctypes-test-test-structures",
    "ctypes-test-test-unaligned-structures",
    "ctypes-test-test-unicode",
    "ctypes-test-test-values",
    "ctypes-test-test-varsize-struct",
    "ctypes-test-test-win32",
    "ctypes-test-test-wintypes",
    "ctypes-util",
    "ctypes-wintypes",
    "curses",
    "curses-ascii",
    "curses-has-key",
    "curses-panel",
    "curses-textpad",
    "curses-wrapper",
    "dataclasses",
    "datetime",
    "dbhash",
    "dbm",
    "dbm-dumb",
    "dbm-gnu",
    "dbm-ndbm",
    "dbm-sqlite3",
    "decimal",
    "device",
    "dialog",
    "difflib",
    "dircache",
    "dis",
    "distutils",
    "distutils-archive-util",
    "distutils-bcppcompiler",
    "distutils-ccompiler",
    "distutils-cmd",
    "distutils-collections",
    "distutils-command",
    "distutils-command-bdist",
    "distutils-command-bdist-dumb",
    "distutils-command-bdist-msi",
    "distutils-command-bdist-packager",
    "distutils-command-bdist-rpm",
    "distutils-command-bdist-wininst",
    "distutils-command-build",
    "distutils-command-build-clib",
    "distutils-command-build-ext",
    "distutils-command-build-py",
    "distutils-command-build-scripts",
    "distutils-command-check",
    "distutils-command-clean",
    "distutils-command-config",
    "distutils-command-framework-compat",
    "distutils-command-install",
    "distutils-command-install-data",
    "distutils-command-install-egg-info",
    "distutils-command-install-headers",
    "distutils-command-install-lib",
    "distutils-command-install-scripts",
    "distutils-command-py37compat",
    "distutils-command-register",
    "distutils-command-sdist",
    "distutils-command-upload",
    "distutils-config",
    "distutils-core",
    "distutils-cygwinccompiler",
    "distutils-debug",
    "distutils-dep-util",
    "distutils-dir-util",
    "distutils-dist",
    "distutils-emxccompiler",
    "distutils-errors",
    "distutils-extension",
    "distutils-fancy-getopt",
    "distutils-file-util",
    "distutils-filelist",
    "distutils-functools",
    "distutils-log",
    "distutils-macos-compat",
    "distutils-msvc9compiler",
    "distutils-msvccompiler",
    "distutils-mwerkscompiler",
    "distutils-py38compat",
    "distutils-py39compat",
    "distutils-spawn",
    "distutils-sysconfig",
    "distutils-tests",
    "distutils-tests-setuptools-build-ext",
    "distutils-tests-setuptools-extension",
    "distutils-tests-support",
    "distutils-tests-test-archive-util",
    "distutils-tests-test-bdist",
    "distutils-tests-test-bdist-dumb",
    "distutils-tests-test-bdist-msi",
    "distutils-tests-test-bdist-rpm",
    "distutils-tests-test-bdist-wininst",
    "distutils-tests-test-build",
    "distutils-tests-test-build-clib",
    "distutils-tests-test-build-ext",
    "distutils-tests-test-build-py",
    "distutils-tests-test-build-scripts",
    "distutils-tests-test-ccompiler",
    "distutils-tests-test-check",
    "distutils-tests-test-clean",
    "distutils-tests-test-cmd",
    "distutils-tests-test-config",
    "distutils-tests-test-config-cmd",
    "distutils-tests-test-core",
    "distutils-tests-test-cygwinccompiler",
    "distutils-tests-test-dep-util",
    "distutils-tests-test-dir-util",
    "distutils-tests-test-dist",
    "distutils-tests-test-extension",
    "distutils-tests-test-file-util",
    "distutils-tests-test-filelist",
    "distutils-tests-test-install",
    "distutils-tests-test-install-data",
    "distutils-tests-test-install-headers",
    "distutils-tests-test-install-lib",
    "distutils-tests-test-install-scripts",
    "distutils-tests-test-log",
    "distutils-tests-test-msvc9compiler",
    "distutils-tests-test-msvccompiler",
    "distutils-tests-test-register",
    "distutils-tests-test-sdist",
    "distutils-tests-test-spawn",
    "distutils-tests-test-sysconfig",
    "distutils-tests-test-text-file",
    "distutils-tests-test-unixccompiler",
    "distutils-tests-test-upload",
    "distutils-tests-test-util",
    "distutils-tests-test-version",
    "distutils-tests-test-versionpredicate",
    "distutils-text-file",
    "distutils-unixccompiler",
    "distutils-util",
    "distutils-version",
    "distutils-versionpredicate",
    "dl",
    "doctest",
    "docxmlrpcserver",
    "dumbdbm",
    "dummy-thread",
    "dummy-threading",
    "easydialogs",
    "elementtree",
    "email",
    "email-base64mime",
    "email-charset",
    "email-contentmanager",
    "email-encoded-words",
    "email-encoders",
    "email-errors",
    "email-feedparser",
    "email-generator",
    "email-header",
    "email-header-value-parser",
    "email-headerregistry",
    "email-iterators",
    "email-message",
    "email-mime",
    "email-mime-application",
    "email-mime-audio",
    "email-mime-base",
    "email-mime-image",
    "email-mime-message",
    "email-mime-multipart",
    "email-mime-nonmultipart",
    "email-mime-text",
    "email-parseaddr",
    "email-parser",
    "email-policy",
    "email-policybase",
    "email-quoprimime",
    "email-test",
    "email-test-test-email",
    "email-test-test-email-codecs",
    "email-test-test-email-codecs-renamed",
    "email-test-test-email-renamed",
    "email-test-test-email-torture",
    "email-utils",
    "encodings",
    "encodings-aliases",
    "encodings-ascii",
    "encodings-base64-codec",
    "encodings-big5",
    "encodings-big5hkscs",
    "encodings-builtin",
    "encodings-bz2-codec",
    "encodings-charmap",
    "encodings-codecs",
    "encodings-cp037",
    "encodings-cp1006",
    "encodings-cp1026",
    "encodings-cp1125",
    "encodings-cp1140",
    "encodings-cp1250",
    "encodings-cp1251",
    "encodings-cp1252",
    "encodings-cp1253",
    "encodings-cp1254",
    "encodings-cp1255",
    "encodings-cp1256",
    "encodings-cp1257",
    "encodings-cp1258",
    "encodings-cp273",
    "encodings-cp424",
    "encodings-cp437",
    "encodings-cp500",
    "encodings-cp65001",
    "encodings-cp720",
    "encodings-cp737",
    "encodings-cp775",
    "encodings-cp850",
    "encodings-cp852",
    "encodings-cp855",
    "encodings-cp856",
    "encodings-cp857",
    "encodings-cp858",
    "encodings-cp860",
    "encodings-cp861",
    "encodings-cp862",
    "encodings-cp863",
    "encodings-cp864",
    "encodings-cp865",
    "encodings-cp866",
    "encodings-cp869",
    "encodings-cp874",
    "encodings-cp875",
    "encodings-cp932",
    "encodings-cp949",
    "encodings-cp950",
    "encodings-encodings",
    "encodings-euc-jis-2004",
    "encodings-euc-jisx0213",
    "encodings-euc-jp",
    "encodings-euc-kr",
    "encodings-gb18030",
    "encodings-gb2312",
    "encodings-gbk",
    "encodings-hex-codec",
    "encodings-hp-roman8",
    "encodings-hz",
    "encodings-idna",
    "encodings-iso2022-jp",
    "encodings-iso2022-jp-1",
    "encodings-iso2022-jp-2",
    "encodings-iso2022-jp-2004",
    "encodings-iso2022-jp-3",
    "encodings-iso2022-jp-ext",
    "encodings-iso2022-kr",
    "encodings-iso8859-1",
    "encodings-iso8859-10",
    "encodings-iso8859-11",
    "encodings-iso8859-13",
    "encodings-iso8859-14",
    "encodings-iso8859-15",
    "encodings-iso8859-16",
    "encodings-iso8859-2",
    "encodings-iso8859-3",
    "encodings-iso8859-4",
    "encodings-iso8859-5",
    "encodings-iso8859-6",
    "encodings-iso8859-7",
    "encodings-iso8859-8",
    "encodings-iso8859-9",
    "encodings-johab",
    "encodings-koi8-r",
    "encodings-koi8-t",
    "encodings-koi8-u",
    "encodings-kz1048",
    "encodings-latin-1",
    "encodings-mac-arabic",
    "encodings-mac-centeuro",
    "encodings-mac-croatian",
    "encodings-mac-cyrillic",
    "encodings-mac-farsi",
    "encodings-mac-greek",
    "encodings-mac-iceland",
    "encodings-mac-latin2",
    "encodings-mac-roman",
    "encodings-mac-romanian",
    "encodings-mac-turkish",
    "encodings-mbcs",
    "encodings-oem",
    "encodings-palmos",
    "encodings-ptcp154",
    "encodings-punycode",
    "encodings-quopri-codec",
    "encodings-raw-unicode-escape",
    "encodings-rot-13",
    "encodings-shift-jis",
    "encodings-shift-jis-2004",
    "encodings-shift-jisx0213",
    "encodings-string-escape",
    "encodings-tis-620",
    "encodings-undefined",
    "encodings-unicode-escape",
    "encodings-unicode-internal",
    "encodings-utf-16",
    "encodings-utf-16-be",
    "encodings-utf-16-le",
    "encodings-utf-32",
    "encodings-utf-32-be",
    "encodings-utf-32-le",
    "encodings-utf-7",
    "encodings-utf-8",
    "encodings-utf-8-sig",
    "encodings-uu-codec",
    "encodings-win-cp-codecs",
    "encodings-zlib-codec",
    "ensurepip",
    "ensurepip-bundled",
    "ensurepip-main",
    "ensurepip-uninstall",
    "enum",
    "errno",
    "exceptions",
    "faulthandler",
    "fcntl",
    "filecmp",
    "filedialog",
    "fileinput",
    "findertools",
    "fixtk",
    "fl",
    "flp",
    "fm",
    "fnmatch",
    "formatter",
    "fpectl",
    "fpformat",
    "fractions",
    "framework",
    "frozen-importlib",
    "frozen-importlib-external",
    "ftplib",
    "functools",
    "future",
    "future-builtins",
    "gc",
    "gdbm",
    "genericpath",
    "gensuitemodule",
    "getopt",
    "getpass",
    "gettext",
    "gl",
    "glob",
    "graphlib",
    "grp",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "hotshot",
    "hotshot-log",
    "hotshot-stats",
    "hotshot-stones",
    "html",
    "html-entities",
    "html-parser",
    "htmlentitydefs",
    "htmllib",
    "htmlparser",
    "http",
    "http-client",
    "http-cookiejar",
    "http-cookies",
    "http-server",
    "httplib",
    "ic",
    "icopen",
    "idlelib",
    "idlelib-aboutdialog",
    "idlelib-autocomplete",
    "idlelib-autocomplete-w",
    "idlelib-autocompletewindow",
    "idlelib-autoexpand",
    "idlelib-bindings",
    "idlelib-browser",
    "idlelib-calltip",
    "idlelib-calltip-w",
    "idlelib-calltips",
    "idlelib-calltipwindow",
    "idlelib-classbrowser",
    "idlelib-codecontext",
    "idlelib-colordelegator",
    "idlelib-colorizer",
    "idlelib-config",
    "idlelib-config-key",
    "idlelib-configdialog",
    "idlelib-confighandler",
    "idlelib-confighelpsourceedit",
    "idlelib-configsectionnamedialog",
    "idlelib-debugger",
    "idlelib-debugger-r",
    "idlelib-debugobj",
    "idlelib-debugobj-r",
    "idlelib-delegator",
    "idlelib-dynoption",
    "idlelib-dynoptionmenuwidget",
    "idlelib-editor",
    "idlelib-editorwindow",
    "idlelib-filelist",
    "idlelib-format",
    "idlelib-formatparagraph",
    "idlelib-grep",
    "idlelib-grepdialog",
    "idlelib-help",
    "idlelib-help-about",
    "idlelib-history",
    "idlelib-hyperparser",
    "idlelib-idle",
    "idlelib-idle-test",
    "idlelib-idle-test-htest",
    "idlelib-idle-test-mock-idle",
    "idlelib-idle-test-mock-tk",
    "idlelib-idle-test-template",
    "idlelib-idle-test-test-autocomplete",
    "idlelib-idle-test-test-autocomplete-w",
    "idlelib-idle-test-test-autoexpand",
    "idlelib-idle-test-test-browser",
    "idlelib-idle-test-test-calltip",
    "idlelib-idle-test-test-calltip-w",
    "idlelib-idle-test-test-calltips",
    "idlelib-idle-test-test-codecontext",
    "idlelib-idle-test-test-colorizer",
    "idlelib-idle-test-test-config",
    "idlelib-idle-test-test-config-help",
    "idlelib-idle-test-test-config-key",
    "idlelib-idle-test-test-config-name",
    "idlelib-idle-test-test-configdialog",
    "idlelib-idle-test-test-debugger",
    "idlelib-idle-test-test-debugger-r",
    "idlelib-idle-test-test-debugobj",
    "idlelib-idle-test-test-debugobj-r",
    "idlelib-idle-test-test-delegator",
    "idlelib-idle-test-test-editmenu",
    "idlelib-idle-test-test-editor",
    "idlelib-idle-test-test-filelist",
    "idlelib-idle-test-test-format",
    "idlelib-idle-test-test-formatparagraph",
    "idlelib-idle-test-test-grep",
    "idlelib-idle-test-test-help",
    "idlelib-idle-test-test-help-about",
    "idlelib-idle-test-test-helpabout",
    "idlelib-idle-test-test-history",
    "idlelib-idle-test-test-hyperparser",
    "idlelib-idle-test-test-idlehistory",
    "idlelib-idle-test-test-io",
    "idlelib-idle-test-test-iomenu",
    "idlelib-idle-test-test-macosx",
    "idlelib-idle-test-test-mainmenu",
    "idlelib-idle-test-test-multicall",
    "idlelib-idle-test-test-outwin",
    "idlelib-idle-test-test-paragraph",
    "idlelib-idle-test-test-parenmatch",
    "idlelib-idle-test-test-pathbrowser",
    "idlelib-idle-test-test-percolator",
    "idlelib-idle-test-test-pyparse",
    "idlelib-idle-test-test-pyshell",
    "idlelib-idle-test-test-query",
    "idlelib-idle-test-test-redirector",
    "idlelib-idle-test-test-replace",
    "idlelib-idle-test-test-replacedialog",
    "idlelib-idle-test-test-rpc",
    "idlelib-idle-test-test-rstrip",
    "idlelib-idle-test-test-run",
    "idlelib-idle-test-test-runscript",
    "idlelib-idle-test-test-scrolledlist",
    "idlelib-idle-test-test-search",
    "idlelib-idle-test-test-searchbase",
    "idlelib-idle-test-test-searchdialog",
    "idlelib-idle-test-test-searchdialogbase",
    "idlelib-idle-test-test-searchengine",
    "idlelib-idle-test-test-sidebar",
    "idlelib-idle-test-test-squeezer",
    "idlelib-idle-test-test-stackviewer",
    "idlelib-idle-test-test-statusbar",
    "idlelib-idle-test-test-text",
    "idlelib-idle-test-test-textview",
    "idlelib-idle-test-test-tooltip",
    "idlelib-idle-test-test-tree",
    "idlelib-idle-test-test-undo",
    "idlelib-idle-test-test-undodelegator",
    "idlelib-idle-test-test-util",
    "idlelib-idle-test-test-warning",
    "idlelib-idle-test-test-widgetredir",
    "idlelib-idle-test-test-window",
    "idlelib-idle-test-test-zoomheight",
    "idlelib-idle-test-test-zzdummy",
    "idlelib-idle-test-tkinter-testing-utils",
    "idlelib-idlehistory",
    "idlelib-idlever",
    "idlelib-iobinding",
    "idlelib-iomenu",
    "idlelib-keybindingdialog",
    "idlelib-macosx",
    "idlelib-macosxsupport",
    "idlelib-main",
    "idlelib-mainmenu",
    "idlelib-multicall",
    "idlelib-multistatusbar",
    "idlelib-objectbrowser",
    "idlelib-outputwindow",
    "idlelib-outwin",
    "idlelib-paragraph",
    "idlelib-parenmatch",
    "idlelib-pathbrowser",
    "idlelib-percolator",
    "idlelib-pyclbr",
    "idlelib-pyparse",
    "idlelib-pyshell",
    "idlelib-query",
    "idlelib-redirector",
    "idlelib-remotedebugger",
    "idlelib-remoteobjectbrowser",
    "idlelib-replace",
    "idlelib-replacedialog",
    "idlelib-rpc",
    "idlelib-rstrip",
    "idlelib-rstripextension",
    "idlelib-run",
    "idlelib-runscript",
    "idlelib-scriptbinding",
    "idlelib-scrolledlist",
    "idlelib-search",
    "idlelib-searchbase",
    "idlelib-searchdialog",
    "idlelib-searchdialogbase",
    "idlelib-searchengine",
    "idlelib-sidebar",
    "idlelib-squeezer",
    "idlelib-stackviewer",
    "idlelib-statusbar",
    "idlelib-tabbedpages",
    "idlelib-textview",
    "idlelib-tooltip",
    "idlelib-tree",
    "idlelib-treewidget",
    "idlelib-undo",
    "idlelib-undodelegator",
    "idlelib-util",
    "idlelib-widgetredirector",
    "idlelib-window",
    "idlelib-windowlist",
    "idlelib-zoomheight",
    "idlelib-zzdummy",
    "ihooks",
    "imageop",
    "imaplib",
    "imgfile",
    "imghdr",
    "imp",
    "importlib",
    "importlib-abc",
    "importlib-adapters",
    "importlib-bootstrap",
    "importlib-bootstrap-external",
    "importlib-common",
    "importlib-machinery",
    "importlib-metadata",
    "importlib-metadata-adapters",
    "importlib-metadata-collections",
    "importlib-metadata-diagnose",
    "importlib-metadata-functools",
    "importlib-metadata-itertools",
    "importlib-metadata-meta",
    "importlib-metadata-text",
    "importlib-readers",
    "importlib-resources",
    "importlib-resources-abc",
    "importlib-resources-adapters",
    "importlib-resources-common",
    "importlib-resources-functional",
    "importlib-resources-itertools",
    "importlib-resources-legacy",
    "importlib-resources-readers",
    "importlib-resources-simple",
    "importlib-simple",
    "importlib-util",
    "imputil",
    "inspect",
    "interpchannels",
    "interpqueues",
    "interpreters",
    "io",
    "ios-support",
    "ipaddress",
    "itertools",
    "jpeg",
    "json",
    "json-decoder",
    "json-encoder",
    "json-json",
    "json-main",
    "json-re",
    "json-scanner",
    "json-struct",
    "json-sys",
    "json-tests",
    "json-tests-test-check-circular",
    "json-tests-test-decode",
    "json-tests-test-default",
    "json-tests-test-dump",
    "json-tests-test-encode-basestring-ascii",
    "json-tests-test-fail",
    "json-tests-test-float",
    "json-tests-test-indent",
    "json-tests-test-pass1",
    "json-tests-test-pass2",
    "json-tests-test-pass3",
    "json-tests-test-recursion",
    "json-tests-test-scanstring",
    "json-tests-test-separators",
    "json-tests-test-speedups",
    "json-tests-test-tool",
    "json-tests-test-unicode",
    "json-tool",
    "keyword",
    "lib-libpython3",
    "lib2to3",
    "lib2to3-btm-matcher",
    "lib2to3-btm-utils",
    "lib2to3-fixer-base",
    "lib2to3-fixer-util",
    "lib2to3-fixes",
    "lib2to3-fixes-fix-apply",
    "lib2to3-fixes-fix-asserts",
    "lib2to3-fixes-fix-basestring",
    "lib2to3-fixes-fix-buffer",
    "lib2to3-fixes-fix-callable",
    "lib2to3-fixes-fix-dict",
    "lib2to3-fixes-fix-except",
    "lib2to3-fixes-fix-exec",
    "lib2to3-fixes-fix-execfile",
    "lib2to3-fixes-fix-exitfunc",
    "lib2to3-fixes-fix-filter",
    "lib2to3-fixes-fix-funcattrs",
    "lib2to3-fixes-fix-future",
    "lib2to3-fixes-fix-getcwdu",
    "lib2to3-fixes-fix-has-key",
    "lib2to3-fixes-fix-idioms",
    "lib2to3-fixes-fix-import",
    "lib2to3-fixes-fix-imports",
    "lib2to3-fixes-fix-imports2",
    "lib2to3-fixes-fix-input",
    "lib2to3-fixes-fix-intern",
    "lib2to3-fixes-fix-isinstance",
    "lib2to3-fixes-fix-itertools",
    "lib2to3-fixes-fix-itertools-imports",
    "lib2to3-fixes-fix-long",
    "lib2to3-fixes-fix-map",
    "lib2to3-fixes-fix-metaclass",
    "lib2to3-fixes-fix-methodattrs",
    "lib2to3-fixes-fix-ne",
    "lib2to3-fixes-fix-next",
    "lib2to3-fixes-fix-nonzero",
    "lib2to3-fixes-fix-numliterals",
    "lib2to3-fixes-fix-operator",
    "lib2to3-fixes-fix-paren",
    "lib2to3-fixes-fix-print",
    "lib2to3-fixes-fix-raise",
    "lib2to3-fixes-fix-raw-input",
    "lib2to3-fixes-fix-reduce",
    "lib2to3-fixes-fix-reload",
    "lib2to3-fixes-fix-renames",
    "lib2to3-fixes-fix-repr",
    "lib2to3-fixes-fix-set-literal",
    "lib2to3-fixes-fix-standarderror",
    "lib2to3-fixes-fix-sys-exc",
    "lib2to3-fixes-fix-throw",
    "lib2to3-fixes-fix-tuple-params",
    "lib2to3-fixes-fix-types",
    "lib2to3-fixes-fix-unicode",
    "lib2to3-fixes-fix-urllib",
    "lib2to3-fixes-fix-ws-comma",
    "lib2to3-fixes-fix-xrange",
    "lib2to3-fixes-fix-xreadlines",
    "lib2to3-fixes-fix-zip",
    "lib2to3-main",
    "lib2to3-patcomp",
    "lib2to3-pgen2",
    "lib2to3-pgen2-conv",
    "lib2to3-pgen2-driver",
    "lib2to3-pgen2-grammar",
    "lib2to3-pgen2-literals",
    "lib2to3-pgen2-parse",
    "lib2to3-pgen2-pgen",
    "lib2to3-pgen2-token",
    "lib2to3-pgen2-tokenize",
    "lib2to3-pygram",
    "lib2to3-pytree",
    "lib2to3-refactor",
    "lib2to3-tests",
    "lib2to3-tests-data-bom",
    "lib2to3-tests-data-crlf",
    "lib2to3-tests-data-different-encoding",
    "lib2to3-tests-data-false-encoding",
    "lib2to3-tests-data-fixers-bad-order",
    "lib2to3-tests-data-fixers-myfixes",
    "lib2to3-tests-data-fixers-myfixes-fix-explicit",
    "lib2to3-tests-data-fixers-myfixes-fix-first",
    "lib2to3-tests-data-fixers-myfixes-fix-last",
    "lib2to3-tests-data-fixers-myfixes-fix-parrot",
    "lib2to3-tests-data-fixers-myfixes-fix-preorder",
    "lib2to3-tests-data-fixers-no-fixer-cls",
    "lib2to3-tests-data-fixers-parrot-example",
    "lib2to3-tests-data-infinite-recursion",
    "lib2to3-tests-data-py2-test-grammar",
    "lib2to3-tests-data-py3-test-grammar",
    "lib2to3-tests-main",
    "lib2to3-tests-pytree-idempotency",
    "lib2to3-tests-support",
    "lib2to3-tests-test-all-fixers",
    "lib2to3-tests-test-fixers",
    "lib2to3-tests-test-main",
    "lib2to3-tests-test-parser",
    "lib2to3-tests-test-pytree",
    "lib2to3-tests-test-refactor",
    "lib2to3-tests-test-util",
    "linecache",
    "linuxaudiodev",
    "locale",
    "logging",
    "logging-config",
    "logging-handlers",
    "lsprof",
    "lwpcookiejar",
    "lzma",
    "macerrors",
    "macos",
    "macostools",
    "macpath",
    "macresource",
    "macurl2path",
    "mailbox",
    "mailcap",
    "main",
    "markupbase",
    "marshal",
    "math",
    "md5",
    "mhlib",
    "mimetools",
    "mimetypes",
    "mimewriter",
    "mimify",
    "miniaeframe",
    "mmap",
    "modulefinder",
    "mozillacookiejar",
    "msi",
    "msilib",
    "msvcrt",
    "multibytecodec",
    "multifile",
    "multiprocessing",
    "multiprocessing-connection",
    "multiprocessing-context",
    "multiprocessing-dummy",
    "multiprocessing-dummy-connection",
    "multiprocessing-forking",
    "multiprocessing-forkserver",
    "multiprocessing-heap",
    "multiprocessing-managers",
    "multiprocessing-pool",
    "multiprocessing-popen-fork",
    "multiprocessing-popen-forkserver",
    "multiprocessing-popen-spawn-posix",
    "multiprocessing-popen-spawn-win32",
    "multiprocessing-process",
    "multiprocessing-queues",
    "multiprocessing-reduction",
    "multiprocessing-resource-sharer",
    "multiprocessing-resource-tracker",
    "multiprocessing-semaphore-tracker",
    "multiprocessing-shared-memory",
    "multiprocessing-sharedctypes",
    "multiprocessing-spawn",
    "multiprocessing-synchronize",
    "multiprocessing-util",
    "mutex",
    "nav",
    "netrc",
    "new",
    "nis",
    "nntplib",
    "nt",
    "ntpath",
    "nturl2path",
    "numbers",
    "opcode",
    "opcode-metadata",
    "operator",
    "optparse",
    "os",
    "os-path",
    "os2emxpath",
    "ossaudiodev",
    "osx-support",
    "overlapped",
    "parser",
    "pathlib",
    "pathlib-abc",
    "pathlib-local",
    "pathlib-os",
    "pathlib-types",
    "pdb",
    "peg-parser",
    "phello-foo",
    "pickle",
    "pickletools",
    "pipes",
    "pixmapwrapper",
    "pkgutil",
    "platform",
    "plistlib",
    "popen2",
    "poplib",
    "posix",
    "posixfile",
    "posixpath",
    "posixshmem",
    "posixsubprocess",
    "pprint",
    "profile",
    "pstats",
    "pty",
    "pwd",
    "py-abc",
    "py-compile",
    "py-warnings",
    "pyclbr",
    "pydatetime",
    "pydecimal",
    "pydoc",
    "pydoc-data",
    "pydoc-data-topics",
    "pyexpat",
    "pyexpat-errors",
    "pyexpat-model",
    "pyio",
    "pylong",
    "pyrepl",
    "pyrepl-base-eventqueue",
    "pyrepl-commands",
    "pyrepl-completing-reader",
    "pyrepl-console",
    "pyrepl-curses",
    "pyrepl-fancy-termios",
    "pyrepl-historical-reader",
    "pyrepl-input",
    "pyrepl-keymap",
    "pyrepl-main",
    "pyrepl-minimal-curses",
    "pyrepl-module-completer",
    "pyrepl-pager",
    "pyrepl-reader",
    "pyrepl-readline",
    "pyrepl-simple-interact",
    "pyrepl-terminfo",
    "pyrepl-threading-handler",
    "pyrepl-trace",
    "pyrepl-types",
    "pyrepl-unix-console",
    "pyrepl-unix-eventqueue",
    "pyrepl-utils",
    "pyrepl-windows-console",
    "pyrepl-windows-eventqueue",
    "queue",
    "quopri",
    "random",
    "re",
    "re-casefix",
    "re-compiler",
    "re-constants",
    "re-parser",
    "readline",
    "remote-debugging",
    "repr",
    "reprlib",
    "resource",
    "rexec",
    "rfc822",
    "rlcompleter",
    "robotparser",
    "runpy",
    "sched",
    "scproxy",
    "scrolledtext",
    "secrets",
    "select",
    "selectors",
    "sets",
    "sgmllib",
    "sha",
    "sha1",
    "sha2",
    "sha256",
    "sha3",
    "sha512",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "simpledialog",
    "simplehttpserver",
    "simplexmlrpcserver",
    "site",
    "sitebuiltins",
    "smtpd",
    "smtplib",
    "sndhdr",
    "socket",
    "socketserver",
    "spwd",
    "sqlite3",
    "sqlite3-dbapi2",
    "sqlite3-dump",
    "sqlite3-main",
    "sqlite3-test",
    "sqlite3-test-backup",
    "sqlite3-test-dbapi",
    "sqlite3-test-dump",
    "sqlite3-test-factory",
    "sqlite3-test-hooks",
    "sqlite3-test-py25tests",
    "sqlite3-test-regression",
    "sqlite3-test-transactions",
    "sqlite3-test-types",
    "sqlite3-test-userfunctions",
    "sre",
    "sre-compile",
    "sre-constants",
    "sre-parse",
    "ssl",
    "stat",
    "statistics",
    "statvfs",
    "string",
    "string-templatelib",
    "stringio",
    "stringold",
    "stringprep",
    "strop",
    "strptime",
    "struct",
    "subprocess",
    "suggestions",
    "sunau",
    "sunaudio",
    "sunaudiodev",
    "symbol",
    "symtable",
    "sys",
    "sysconfig",
    "sysconfig-main",
    "sysconfigdata",
    "sysconfigdata-x86-64-conda-cos6-linux-gnu",
    "sysconfigdata-x86-64-conda-linux-gnu",
    "syslog",
    "tabnanny",
    "tarfile",
    "telnetlib",
    "tempfile",
    "termios",
    "test",
    "test-ann-module",
    "test-ann-module2",
    "test-ann-module3",
    "test-ann-module5",
    "test-ann-module6",
    "test-ann-module7",
    "test-audiotests",
    "test-audit-tests",
    "test-autotest",
    "test-bad-coding",
    "test-bad-coding2",
    "test-bad-coding3",
    "test-bad-getattr",
    "test-bad-getattr2",
    "test-bad-getattr3",
    "test-badsyntax-3131",
    "test-badsyntax-async1",
    "test-badsyntax-async2",
    "test-badsyntax-async3",
    "test-badsyntax-async4",
    "test-badsyntax-async5",
    "test-badsyntax-async6",
    "test-badsyntax-async7",
    "test-badsyntax-async8",
    "test-badsyntax-future10",
    "test-badsyntax-future3",
    "test-badsyntax-future4",
    "test-badsyntax-future5",
    "test-badsyntax-future6",
    "test-badsyntax-future7",
    "test-badsyntax-future8",
    "test-badsyntax-future9",
    "test-badsyntax-nocaret",
    "test-badsyntax-pep3120",
    "test-bisect",
    "test-bisect-cmd",
    "test-buffer-tests",
    "test-bytecode-helper",
    "test-coding20731",
    "test-curses-tests",
    "test-dataclass-module-1",
    "test-dataclass-module-1-str",
    "test-dataclass-module-2",
    "test-dataclass-module-2-str",
    "test-dataclass-textanno",
    "test-datetimetester",
    "test-dis-module",
    "test-doctest-aliases",
    "test-double-const",
    "test-dtracedata-call-stack",
    "test-dtracedata-gc",
    "test-dtracedata-instance",
    "test-dtracedata-line",
    "test-eintrdata-eintr-tester",
    "test-encoded-modules",
    "test-encoded-modules-module-iso-8859-1",
    "test-encoded-modules-module-koi8-r",
    "test-final-a",
    "test-final-b",
    "test-fork-wait",
    "test-future-test1",
    "test-future-test2",
    "test-gdb-sample",
    "test-good-getattr",
    "test-imp-dummy",
    "test-infinite-reload",
    "test-inspect-fodder",
    "test-inspect-fodder2",
    "test-libregrtest",
    "test-libregrtest-cmdline",
    "test-libregrtest-main",
    "test-libregrtest-pgo",
    "test-libregrtest-refleak",
    "test-libregrtest-runtest",
    "test-libregrtest-runtest-mp",
    "test-libregrtest-save-env",
    "test-libregrtest-setup",
    "test-libregrtest-utils",
    "test-libregrtest-win-utils",
    "test-list-tests",
    "test-lock-tests",
    "test-main",
    "test-make-ssl-certs",
    "test-mapping-tests",
    "test-memory-watchdog",
    "test-mock-backport",
    "test-mock-socket",
    "test-mod-generics-cache",
    "test-mp-fork-bomb",
    "test-mp-preload",
    "test-multibytecodec-support",
    "test-outstanding-bugs",
    "test-pickletester",
    "test-profilee",
    "test-pyclbr-input",
    "test-pydoc-mod",
    "test-pydocfodder",
    "test-pystone",
    "test-pythoninfo",
    "test-re-tests",
    "test-regrtest",
    "test-relimport",
    "test-reperf",
    "test-sample-doctest",
    "test-sample-doctest-no-docstrings",
    "test-sample-doctest-no-doctests",
    "test-script-helper",
    "test-seq-tests",
    "test-signalinterproctester",
    "test-sortperf",
    "test-ssl-servers",
    "test-ssltests",
    "test-string-tests",
    "test-subprocessdata-fd-status",
    "test-subprocessdata-input-reader",
    "test-subprocessdata-qcat",
    "test-subprocessdata-qgrep",
    "test-subprocessdata-sigchild-ignore",
    "test-support",
    "test-support-bytecode-helper",
    "test-support-hashlib-helper",
    "test-support-logging-helper",
    "test-support-script-helper",
    "test-support-socket-helper",
    "test-support-testresult",
    "test-support-warnings-helper",
    "test-symlink-support",
    "test-test-abc",
    "test-test-abstract-numbers",
    "test-test-aepack",
    "test-test-aifc",
    "test-test-al",
    "test-test-all",
    "test-test-anydbm",
    "test-test-applesingle",
    "test-test-argparse",
    "test-test-array",
    "test-test-ascii-formatd",
    "test-test-asdl-parser",
    "test-test-ast",
    "test-test-asyncgen",
    "test-test-asynchat",
    "test-test-asyncio",
    "test-test-asyncio-echo",
    "test-test-asyncio-echo2",
    "test-test-asyncio-echo3",
    "test-test-asyncio-functional",
    "test-test-asyncio-main",
    "test-test-asyncio-test-asyncio-waitfor",
    "test-test-asyncio-test-base-events",
    "test-test-asyncio-test-buffered-proto",
    "test-test-asyncio-test-context",
    "test-test-asyncio-test-events",
    "test-test-asyncio-test-futures",
    "test-test-asyncio-test-futures2",
    "test-test-asyncio-test-locks",
    "test-test-asyncio-test-pep492",
    "test-test-asyncio-test-proactor-events",
    "test-test-asyncio-test-protocols",
    "test-test-asyncio-test-queues",
    "test-test-asyncio-test-runners",
    "test-test-asyncio-test-selector-events",
    "test-test-asyncio-test-sendfile",
    "test-test-asyncio-test-server",
    "test-test-asyncio-test-sock-lowlevel",
    "test-test-asyncio-test-sslproto",
    "test-test-asyncio-test-streams",
    "test-test-asyncio-test-subprocess",
    "test-test-asyncio-test-tasks",
    "test-test-asyncio-test-threads",
    "test-test-asyncio-test-transports",
    "test-test-asyncio-test-unix-events",
    "test-test-asyncio-test-waitfor",
    "test-test-asyncio-test-windows-events",
    "test-test-asyncio-test-windows-utils",
    "test-test-asyncio-utils",
    "test-test-asyncore",
    "test-test-atexit",
    "test-test-audioop",
    "test-test-audit",
    "test-test-augassign",
    "test-test-base64",
    "test-test-baseexception",
    "test-test-bastion",
    "test-test-bdb",
    "test-test-bigaddrspace",
    "test-test-bigmem",
    "test-test-binascii",
    "test-test-binhex",
    "test-test-binop",
    "test-test-bisect",
    "test-test-bool",
    "test-test-bsddb",
    "test-test-bsddb185",
    "test-test-bsddb3",
    "test-test-buffer",
    "test-test-bufio",
    "test-test-builtin",
    "test-test-bytes",
    "test-test-bz2",
    "test-test-c-locale-coercion",
    "test-test-calendar",
    "test-test-call",
    "test-test-capi",
    "test-test-cd",
    "test-test-cfgparser",
    "test-test-cgi",
    "test-test-cgitb",
    "test-test-charmapcodec",
    "test-test-check-c-globals",
    "test-test-cl",
    "test-test-class",
    "test-test-clinic",
    "test-test-cmath",
    "test-test-cmd",
    "test-test-cmd-line",
    "test-test-cmd-line-script",
    "test-test-code",
    "test-test-code-module",
    "test-test-codeccallbacks",
    "test-test-codecencodings-cn",
    "test-test-codecencodings-hk",
    "test-test-codecencodings-iso2022",
    "test-test-codecencodings-jp",
    "test-test-codecencodings-kr",
    "test-test-codecencodings-tw",
    "test-test-codecmaps-cn",
    "test-test-codecmaps-hk",
    "test-test-codecmaps-jp",
    "test-test-codecmaps-kr",
    "test-test-codecmaps-tw",
    "test-test-codecs",
    "test-test-codeop",
    "test-test-coercion",
    "test-test-collections",
    "test-test-colorsys",
    "test-test-commands",
    "test-test-compare",
    "test-test-compile",
    "test-test-compileall",
    "test-test-compiler",
    "test-test-complex",
    "test-test-complex-args",
    "test-test-concurrent-futures",
    "test-test-configparser",
    "test-test-contains",
    "test-test-context",
    "test-test-contextlib",
    "test-test-contextlib-async",
    "test-test-cookie",
    "test-test-cookielib",
    "test-test-copy",
    "test-test-copy-reg",
    "test-test-copyreg",
    "test-test-coroutines",
    "test-test-cpickle",
    "test-test-cprofile",
    "test-test-crashers",
    "test-test-crypt",
    "test-test-csv",
    "test-test-ctypes",
    "test-test-curses",
    "test-test-dataclasses",
    "test-test-datetime",
    "test-test-dbm",
    "test-test-dbm-dumb",
    "test-test-dbm-gnu",
    "test-test-dbm-ndbm",
    "test-test-decimal",
    "test-test-decorators",
    "test-test-defaultdict",
    "test-test-deque",
    "test-test-descr",
    "test-test-descrtut",
    "test-test-devpoll",
    "test-test-dict",
    "test-test-dict-version",
    "test-test-dictcomps",
    "test-test-dictviews",
    "test-test-difflib",
    "test-test-dircache",
    "test-test-dis",
    "test-test-distutils",
    "test-test-dl",
    "test-test-doctest",
    "test-test-doctest2",
    "test-test-docxmlrpc",
    "test-test-dtrace",
    "test-test-dumbdbm",
    "test-test-dummy-thread",
    "test-test-dummy-threading",
    "test-test-dynamic",
    "test-test-dynamicclassattribute",
    "test-test-eintr",
    "test-test-email",
    "test-test-email-codecs",
    "test-test-email-main",
    "test-test-email-renamed",
    "test-test-email-test-asian-codecs",
    "test-test-email-test-contentmanager",
    "test-test-email-test-defect-handling",
    "test-test-email-test-email",
    "test-test-email-test-encoded-words",
    "test-test-email-test-generator",
    "test-test-email-test-header-value-parser",
    "test-test-email-test-headerregistry",
    "test-test-email-test-inversion",
    "test-test-email-test-message",
    "test-test-email-test-parser",
    "test-test-email-test-pickleable",
    "test-test-email-test-policy",
    "test-test-email-test-utils",
    "test-test-email-torture-test",
    "test-test-embed",
    "test-test-ensurepip",
    "test-test-enum",
    "test-test-enumerate",
    "test-test-eof",
    "test-test-epoll",
    "test-test-errno",
    "test-test-exception-hierarchy",
    "test-test-exception-variations",
    "test-test-exceptions",
    "test-test-extcall",
    "test-test-faulthandler",
    "test-test-fcntl",
    "test-test-file",
    "test-test-file-eintr",
    "test-test-file2k",
    "test-test-filecmp",
    "test-test-fileinput",
    "test-test-fileio",
    "test-test-finalization",
    "test-test-float",
    "test-test-flufl",
    "test-test-fnmatch",
    "test-test-fork1",
    "test-test-format",
    "test-test-fpformat",
    "test-test-fractions",
    "test-test-frame",
    "test-test-frozen",
    "test-test-fstring",
    "test-test-ftplib",
    "test-test-funcattrs",
    "test-test-functools",
    "test-test-future",
    "test-test-future-builtins",
    "test-test-future1",
    "test-test-future2",
    "test-test-future3",
    "test-test-future4",
    "test-test-future5",
    "test-test-gc",
    "test-test-gdb",
    "test-test-gdbm",
    "test-test-generator-stop",
    "test-test-generators",
    "test-test-genericalias",
    "test-test-genericclass",
    "test-test-genericpath",
    "test-test-genexps",
    "test-test-getargs",
    "test-test-getargs2",
    "test-test-getopt",
    "test-test-getpass",
    "test-test-gettext",
    "test-test-gl",
    "test-test-glob",
    "test-test-global",
    "test-test-grammar",
    "test-test-graphlib",
    "test-test-grp",
    "test-test-gzip",
    "test-test-hash",
    "test-test-hashlib",
    "test-test-heapq",
    "test-test-hmac",
    "test-test-hotshot",
    "test-test-html",
    "test-test-htmllib",
    "test-test-htmlparser",
    "test-test-http-cookiejar",
    "test-test-http-cookies",
    "test-test-httplib",
    "test-test-httpservers",
    "test-test-idle",
    "test-test-imageop",
    "test-test-imaplib",
    "test-test-imgfile",
    "test-test-imghdr",
    "test-test-imp",
    "test-test-import",
    "test-test-import-data-circular-imports-basic",
    "test-test-import-data-circular-imports-basic2",
    "test-test-import-data-circular-imports-binding",
    "test-test-import-data-circular-imports-binding2",
    "test-test-import-data-circular-imports-from-cycle1",
    "test-test-import-data-circular-imports-from-cycle2",
    "test-test-import-data-circular-imports-indirect",
    "test-test-import-data-circular-imports-rebinding",
    "test-test-import-data-circular-imports-rebinding2",
    "test-test-import-data-circular-imports-source",
    "test-test-import-data-circular-imports-subpackage",
    "test-test-import-data-circular-imports-subpkg-subpackage2",
    "test-test-import-data-circular-imports-subpkg-util",
    "test-test-import-data-circular-imports-use",
    "test-test-import-data-circular-imports-util",
    "test-test-import-data-package",
    "test-test-import-data-package-submodule",
    "test-test-import-data-package2-submodule1",
    "test-test-import-data-package2-submodule2",
    "test-test-import-magic",
    "test-test-import-main",
    "test-test-importhooks",
    "test-test-importlib",
    "test-test-importlib-abc",
    "test-test-importlib-builtin",
    "test-test-importlib-builtin-main",
    "test-test-importlib-builtin-test-finder",
    "test-test-importlib-builtin-test-loader",
    "test-test-importlib-builtin-util",
    "test-test-importlib-data",
    "test-test-importlib-data01",
    "test-test-importlib-data01-subdirectory",
    "test-test-importlib-data02",
    "test-test-importlib-data02-one",
    "test-test-importlib-data02-two",
    "test-test-importlib-data03",
    "test-test-importlib-data03-namespace-portion1",
    "test-test-importlib-data03-namespace-portion2",
    "test-test-importlib-extension",
    "test-test-importlib-extension-main",
    "test-test-importlib-extension-test-case-sensitivity",
    "test-test-importlib-extension-test-finder",
    "test-test-importlib-extension-test-loader",
    "test-test-importlib-extension-test-path-hook",
    "test-test-importlib-extension-util",
    "test-test-importlib-fixtures",
    "test-test-importlib-frozen",
    "test-test-importlib-frozen-main",
    "test-test-importlib-frozen-test-finder",
    "test-test-importlib-frozen-test-loader",
    "test-test-importlib-import",
    "test-test-importlib-import-main",
    "test-test-importlib-import-test-api",
    "test-test-importlib-import-test-caching",
    "test-test-importlib-import-test-fromlist",
    "test-test-importlib-import-test-loader",
    "test-test-importlib-import-test-meta-path",
    "test-test-importlib-import-test-package",
    "test-test-importlib-import-test-packages",
    "test-test-importlib-import-test-path",
    "test-test-importlib-import-test-relative-imports",
    "test-test-importlib-import-util",
    "test-test-importlib-main",
    "test-test-importlib-namespace-pkgs-both-portions-foo-one",
    "test-test-importlib-namespace-pkgs-both-portions-foo-two",
    "test-test-importlib-namespace-pkgs-module-and-namespace-package-a-test",
    "test-test-importlib-namespace-pkgs-not-a-namespace-pkg-foo",
    "test-test-importlib-namespace-pkgs-not-a-namespace-pkg-foo-one",
    "test-test-importlib-namespace-pkgs-portion1-foo-one",
    "test-test-importlib-namespace-pkgs-portion2-foo-two",
    "test-test-importlib-namespace-pkgs-project1-parent-child-one",
    "test-test-importlib-namespace-pkgs-project2-parent-child-two",
    "test-test-importlib-namespace-pkgs-project3-parent-child-three",
    "test-test-importlib-regrtest",
    "test-test-importlib-source",
    "test-test-importlib-source-main",
    "test-test-importlib-source-test-case-sensitivity",
    "test-test-importlib-source-test-file-loader",
    "test-test-importlib-source-test-finder",
    "test-test-importlib-source-test-path-hook",
    "test-test-importlib-source-test-source-encoding",
    "test-test-importlib-source-util",
    "test-test-importlib-stubs",
    "test-test-importlib-test-abc",
    "test-test-importlib-test-api",
    "test-test-importlib-test-files",
    "test-test-importlib-test-lazy",
    "test-test-importlib-test-locks",
    "test-test-importlib-test-main",
    "test-test-importlib-test-metadata-api",
    "test-test-importlib-test-namespace-pkgs",
    "test-test-importlib-test-open",
    "test-test-importlib-test-path",
    "test-test-importlib-test-pkg-import",
    "test-test-importlib-test-read",
    "test-test-importlib-test-resource",
    "test-test-importlib-test-spec",
    "test-test-importlib-test-threaded-import",
    "test-test-importlib-test-util",
    "test-test-importlib-test-windows",
    "test-test-importlib-test-zip",
    "test-test-importlib-threaded-import-hangers",
    "test-test-importlib-util",
    "test-test-importlib-zipdata01",
    "test-test-importlib-zipdata02",
    "test-test-index",
    "test-test-inspect",
    "test-test-int",
    "test-test-int-literal",
    "test-test-io",
    "test-test-ioctl",
    "test-test-ipaddress",
    "test-test-isinstance",
    "test-test-iter",
    "test-test-iterlen",
    "test-test-itertools",
    "test-test-json",
    "test-test-json-main",
    "test-test-json-test-decode",
    "test-test-json-test-default",
    "test-test-json-test-dump",
    "test-test-json-test-encode-basestring-ascii",
    "test-test-json-test-enum",
    "test-test-json-test-fail",
    "test-test-json-test-float",
    "test-test-json-test-indent",
    "test-test-json-test-pass1",
    "test-test-json-test-pass2",
    "test-test-json-test-pass3",
    "test-test-json-test-recursion",
    "test-test-json-test-scanstring",
    "test-test-json-test-separators",
    "test-test-json-test-speedups",
    "test-test-json-test-tool",
    "test-test-json-test-unicode",
    "test-test-keyword",
    "test-test-keywordonlyarg",
    "test-test-kqueue",
    "test-test-largefile",
    "test-test-lib2to3",
    "test-test-linecache",
    "test-test-linuxaudiodev",
    "test-test-list",
    "test-test-listcomps",
    "test-test-lltrace",
    "test-test-locale",
    "test-test-logging",
    "test-test-long",
    "test-test-long-future",
    "test-test-longexp",
    "test-test-lzma",
    "test-test-macos",
    "test-test-macostools",
    "test-test-macpath",
    "test-test-macurl2path",
    "test-test-mailbox",
    "test-test-mailcap",
    "test-test-marshal",
    "test-test-math",
    "test-test-md5",
    "test-test-memoryio",
    "test-test-memoryview",
    "test-test-metaclass",
    "test-test-mhlib",
    "test-test-mimetools",
    "test-test-mimetypes",
    "test-test-mimewriter",
    "test-test-minidom",
    "test-test-mmap",
    "test-test-module",
    "test-test-modulefinder",
    "test-test-msilib",
    "test-test-multibytecodec",
    "test-test-multifile",
    "test-test-multiprocessing",
    "test-test-multiprocessing-fork",
    "test-test-multiprocessing-forkserver",
    "test-test-multiprocessing-main-handling",
    "test-test-multiprocessing-spawn",
    "test-test-mutants",
    "test-test-mutex",
    "test-test-named-expressions",
    "test-test-netrc",
    "test-test-new",
    "test-test-nis",
    "test-test-nntplib",
    "test-test-normalization",
    "test-test-ntpath",
    "test-test-numeric-tower",
    "test-test-old-mailbox",
    "test-test-opcode",
    "test-test-opcodes",
    "test-test-openpty",
    "test-test-operator",
    "test-test-optparse",
    "test-test-ordered-dict",
    "test-test-os",
    "test-test-ossaudiodev",
    "test-test-osx-env",
    "test-test-osx-support",
    "test-test-parser",
    "test-test-pathlib",
    "test-test-pdb",
    "test-test-peepholer",
    "test-test-peg-generator",
    "test-test-peg-generator-main",
    "test-test-peg-generator-test-c-parser",
    "test-test-peg-generator-test-first-sets",
    "test-test-peg-generator-test-pegen",
    "test-test-peg-parser",
    "test-test-pep247",
    "test-test-pep277",
    "test-test-pep292",
    "test-test-pep3120",
    "test-test-pep3131",
    "test-test-pep3151",
    "test-test-pep352",
    "test-test-pep380",
    "test-test-pep479",
    "test-test-pickle",
    "test-test-picklebuffer",
    "test-test-pickletools",
    "test-test-pipes",
    "test-test-pkg",
    "test-test-pkgimport",
    "test-test-pkgutil",
    "test-test-platform",
    "test-test-plistlib",
    "test-test-poll",
    "test-test-popen",
    "test-test-popen2",
    "test-test-poplib",
    "test-test-positional-only-arg",
    "test-test-posix",
    "test-test-posixpath",
    "test-test-pow",
    "test-test-pprint",
    "test-test-print",
    "test-test-profile",
    "test-test-property",
    "test-test-pstats",
    "test-test-pty",
    "test-test-pulldom",
    "test-test-pwd",
    "test-test-py-compile",
    "test-test-py3kwarn",
    "test-test-pyclbr",
    "test-test-pydoc",
    "test-test-pyexpat",
    "test-test-queue",
    "test-test-quopri",
    "test-test-raise",
    "test-test-random",
    "test-test-range",
    "test-test-re",
    "test-test-readline",
    "test-test-regrtest",
    "test-test-repl",
    "test-test-repr",
    "test-test-reprlib",
    "test-test-resource",
    "test-test-rfc822",
    "test-test-richcmp",
    "test-test-rlcompleter",
    "test-test-robotparser",
    "test-test-runpy",
    "test-test-sax",
    "test-test-sched",
    "test-test-scope",
    "test-test-script-helper",
    "test-test-scriptpackages",
    "test-test-secrets",
    "test-test-select",
    "test-test-selectors",
    "test-test-set",
    "test-test-setcomps",
    "test-test-sets",
    "test-test-sgmllib",
    "test-test-sha",
    "test-test-shelve",
    "test-test-shlex",
    "test-test-shutil",
    "test-test-signal",
    "test-test-simplehttpserver",
    "test-test-site",
    "test-test-slice",
    "test-test-smtpd",
    "test-test-smtplib",
    "test-test-smtpnet",
    "test-test-sndhdr",
    "test-test-socket",
    "test-test-socketserver",
    "test-test-softspace",
    "test-test-sort",
    "test-test-source-encoding",
    "test-test-spwd",
    "test-test-sqlite",
    "test-test-ssl",
    "test-test-startfile",
    "test-test-stat",
    "test-test-statistics",
    "test-test-str",
    "test-test-strftime",
    "test-test-string",
    "test-test-string-literals",
    "test-test-stringio",
    "test-test-stringprep",
    "test-test-strlit",
    "test-test-strop",
    "test-test-strptime",
    "test-test-strtod",
    "test-test-struct",
    "test-test-structmembers",
    "test-test-structseq",
    "test-test-subclassinit",
    "test-test-subprocess",
    "test-test-sunau",
    "test-test-sunaudiodev",
    "test-test-sundry",
    "test-test-super",
    "test-test-support",
    "test-test-symbol",
    "test-test-symtable",
    "test-test-syntax",
    "test-test-sys",
    "test-test-sys-setprofile",
    "test-test-sys-settrace",
    "test-test-sysconfig",
    "test-test-syslog",
    "test-test-tabnanny",
    "test-test-tarfile",
    "test-test-tcl",
    "test-test-telnetlib",
    "test-test-tempfile",
    "test-test-test-support",
    "test-test-textwrap",
    "test-test-thread",
    "test-test-threaded-import",
    "test-test-threadedtempfile",
    "test-test-threading",
    "test-test-threading-local",
    "test-test-threadsignals",
    "test-test-time",
    "test-test-timeit",
    "test-test-timeout",
    "test-test-tix",
    "test-test-tk",
    "test-test-tokenize",
    "test-test-tools",
    "test-test-tools-main",
    "test-test-tools-test-fixcid",
    "test-test-tools-test-gprof2html",
    "test-test-tools-test-i18n",
    "test-test-tools-test-lll",
    "test-test-tools-test-md5sum",
    "test-test-tools-test-pathfix",
    "test-test-tools-test-pdeps",
    "test-test-tools-test-pindent",
    "test-test-tools-test-reindent",
    "test-test-tools-test-sundry",
    "test-test-tools-test-unparse",
    "test-test-trace",
    "test-test-traceback",
    "test-test-tracemalloc",
    "test-test-transformer",
    "test-test-ttk-guionly",
    "test-test-ttk-textonly",
    "test-test-tuple",
    "test-test-turtle",
    "test-test-type-comments",
    "test-test-typechecks",
    "test-test-types",
    "test-test-typing",
    "test-test-ucn",
    "test-test-unary",
    "test-test-undocumented-details",
    "test-test-unicode",
    "test-test-unicode-file",
    "test-test-unicode-file-functions",
    "test-test-unicode-identifiers",
    "test-test-unicodedata",
    "test-test-unittest",
    "test-test-univnewlines",
    "test-test-univnewlines2k",
    "test-test-unpack",
    "test-test-unpack-ex",
    "test-test-unparse",
    "test-test-urllib",
    "test-test-urllib-response",
    "test-test-urllib2",
    "test-test-urllib2-localnet",
    "test-test-urllib2net",
    "test-test-urllibnet",
    "test-test-urlparse",
    "test-test-userdict",
    "test-test-userlist",
    "test-test-userstring",
    "test-test-utf8-mode",
    "test-test-utf8source",
    "test-test-uu",
    "test-test-uuid",
    "test-test-venv",
    "test-test-wait3",
    "test-test-wait4",
    "test-test-warnings",
    "test-test-warnings-data-import-warning",
    "test-test-warnings-data-stacklevel",
    "test-test-warnings-main",
    "test-test-wave",
    "test-test-weakref",
    "test-test-weakset",
    "test-test-webbrowser",
    "test-test-whichdb",
    "test-test-winconsoleio",
    "test-test-winreg",
    "test-test-winsound",
    "test-test-with",
    "test-test-wsgiref",
    "test-test-xdrlib",
    "test-test-xml-dom-minicompat",
    "test-test-xml-etree",
    "test-test-xml-etree-c",
    "test-test-xmllib",
    "test-test-xmlrpc",
    "test-test-xmlrpc-net",
    "test-test-xpickle",
    "test-test-xrange",
    "test-test-xxsubinterpreters",
    "test-test-xxtestfuzz",
    "test-test-yield-from",
    "test-test-zipapp",
    "test-test-zipfile",
    "test-test-zipfile64",
    "test-test-zipimport",
    "test-test-zipimport-support",
    "test-test-zlib",
    "test-test-zoneinfo",
    "test-test-zoneinfo-main",
    "test-test-zoneinfo-support",
    "test-test-zoneinfo-test-zoneinfo",
    "test-testall",
    "test-testcodec",
    "test-tf-inherit-check",
    "test-threaded-import-hangers",
    "test-time-hashlib",
    "test-tracedmodules",
    "test-tracedmodules-testmod",
    "test-typed-dict-helper",
    "test-warning-tests",
    "test-win-console-handler",
    "test-xmltests",
    "test-ziptestdata-testdata-module-inside-zip",
    "testbuffer",
    "testcapi",
    "testimportmultiple",
    "testinternalcapi",
    "testmultiphase",
    "textwrap",
    "this",
    "thread",
    "threading",
    "threading-local",
    "time",
    "timeit",
    "tix",
    "tkcolorchooser",
    "tkcommondialog",
    "tkconstants",
    "tkdnd",
    "tkfiledialog",
    "tkfont",
    "tkinter",
    "tkinter-colorchooser",
    "tkinter-commondialog",
    "tkinter-constants",
    "tkinter-dialog",
    "tkinter-dnd",
    "tkinter-filedialog",
    "tkinter-fix",
    "tkinter-font",
    "tkinter-main",
    "tkinter-messagebox",
    "tkinter-scrolledtext",
    "tkinter-simpledialog",
    "tkinter-test",
    "tkinter-test-runtktests",
    "tkinter-test-support",
    "tkinter-test-test-tkinter",
    "tkinter-test-test-tkinter-test-colorchooser",
    "tkinter-test-test-tkinter-test-font",
    "tkinter-test-test-tkinter-test-geometry-managers",
    "tkinter-test-test-tkinter-test-images",
    "tkinter-test-test-tkinter-test-loadtk",
    "tkinter-test-test-tkinter-test-messagebox",
    "tkinter-test-test-tkinter-test-misc",
    "tkinter-test-test-tkinter-test-simpledialog",
    "tkinter-test-test-tkinter-test-text",
    "tkinter-test-test-tkinter-test-variables",
    "tkinter-test-test-tkinter-test-widgets",
    "tkinter-test-test-ttk",
    "tkinter-test-test-ttk-test-extensions",
    "tkinter-test-test-ttk-test-functions",
    "tkinter-test-test-ttk-test-style",
    "tkinter-test-test-ttk-test-widgets",
    "tkinter-test-widget-tests",
    "tkinter-tix",
    "tkinter-ttk",
    "tkmessagebox",
    "tksimpledialog",
    "toaiff",
    "token",
    "tokenize",
    "tomllib",
    "tomllib-parser",
    "tomllib-re",
    "tomllib-types",
    "trace",
    "traceback",
    "tracemalloc",
    "ttk",
    "tty",
    "turtle",
    "turtledemo",
    "turtledemo-bytedesign",
    "turtledemo-chaos",
    "turtledemo-clock",
    "turtledemo-colormixer",
    "turtledemo-forest",
    "turtledemo-fractalcurves",
    "turtledemo-lindenmayer",
    "turtledemo-main",
    "turtledemo-minimal-hanoi",
    "turtledemo-nim",
    "turtledemo-paint",
    "turtledemo-peace",
    "turtledemo-penrose",
    "turtledemo-planet-and-moon",
    "turtledemo-rosette",
    "turtledemo-round-dance",
    "turtledemo-sorting-animate",
    "turtledemo-tree",
    "turtledemo-two-canvases",
    "turtledemo-wikipedia",
    "turtledemo-yinyang",
    "types",
    "typing",
    "typing-io",
    "typing-re",
    "unicodedata",
    "unittest",
    "unittest-async-case",
    "unittest-case",
    "unittest-loader",
    "unittest-log",
    "unittest-main",
    "unittest-mock",
    "unittest-result",
    "unittest-runner",
    "unittest-signals",
    "unittest-suite",
    "unittest-test",
    "unittest-test-dummy",
    "unittest-test-main",
    "unittest-test-support",
    "unittest-test-test-assertions",
    "unittest-test-test-async-case",
    "unittest-test-test-break",
    "unittest-test-test-case",
    "unittest-test-test-discovery",
    "unittest-test-test-functiontestcase",
    "unittest-test-test-loader",
    "unittest-test-test-program",
    "unittest-test-test-result",
    "unittest-test-test-runner",
    "unittest-test-test-setups",
    "unittest-test-test-skipping",
    "unittest-test-test-suite",
    "unittest-test-test-warnings",
    "unittest-test-testmock",
    "unittest-test-testmock-main",
    "unittest-test-testmock-support",
    "unittest-test-testmock-testasync",
    "unittest-test-testmock-testcallable",
    "unittest-test-testmock-testhelpers",
    "unittest-test-testmock-testmagicmethods",
    "unittest-test-testmock-testmock",
    "unittest-test-testmock-testpatch",
    "unittest-test-testmock-testsealable",
    "unittest-test-testmock-testsentinel",
    "unittest-test-testmock-testwith",
    "unittest-util",
    "urllib",
    "urllib-error",
    "urllib-parse",
    "urllib-request",
    "urllib-response",
    "urllib-robotparser",
    "urllib2",
    "urlparse",
    "user",
    "userdict",
    "userlist",
    "userstring",
    "uu",
    "uuid",
    "venv",
    "venv-main",
    "videoreader",
    "w",
    "warnings",
    "wave",
    "weakref",
    "weakrefset",
    "webbrowser",
    "whichdb",
    "winapi",
    "winreg",
    "winsound",
    "wmi",
    "wsgiref",
    "wsgiref-handlers",
    "wsgiref-headers",
    "wsgiref-simple-server",
    "wsgiref-types",
    "wsgiref-util",
    "wsgiref-validate",
    "xdrlib",
    "xml",
    "xml-dom",
    "xml-dom-domreg",
    "xml-dom-expatbuilder",
    "xml-dom-minicompat",
    "xml-dom-minidom",
    "xml-dom-nodefilter",
    "xml-dom-pulldom",
    "xml-dom-xmlbuilder",
    "xml-etree",
    "xml-etree-celementtree",
    "xml-etree-elementinclude",
    "xml-etree-elementpath",
    "xml-etree-elementtree",
    "xml-parsers",
    "xml-parsers-expat",
    "xml-parsers-expat-errors",
    "xml-parsers-expat-errors-dom",
    "xml-parsers-expat-errors-etree",
    "xml-parsers-expat-errors-parsers",
    "xml-parsers-expat-errors-sax",
    "xml-parsers-expat-model",
    "xml-parsers-expat-model-dom",
    "xml-parsers-expat-model-etree",
    "xml-parsers-expat-model-parsers",
    "xml-parsers-expat-model-sax",
    "xml-sax",
    "xml-sax-exceptions",
    "xml-sax-expatreader",
    "xml-sax-handler",
    "xml-sax-saxutils",
    "xml-sax-xmlreader",
    "xmllib",
    "xmlrpc",
    "xmlrpc-client",
    "xmlrpc-server",
    "xmlrpclib",
    "xxlimited",
    "xxsubinterpreters",
    "xxsubtype",
    "xxtestfuzz",
    "zipapp",
    "zipfile",
    "zipfile-main",
    "zipfile-path",
    "zipfile-path-glob",
    "zipimport",
    "zlib",
    "zoneinfo",
    "zoneinfo-common",
    "zoneinfo-tzpath",
    "zoneinfo-zoneinfo",
    "zstd"
  ]
};

// src/lib/names.ts
function parseProjectName(text) {
  if (text.length > 100) return void 0;
  return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(text) ? text : void 0;
}
var normalize = (name) => name.toLowerCase().replace(/[-_.]+/g, "-");
var lookalikeKey = (name) => name.toLowerCase().replace(/[-_.]/g, "").replace(/[li]/g, "1").replaceAll("o", "0");
var reserved = /* @__PURE__ */ new Set(["namespace", "namespaces", ...stdlib_names_default.names]);

// src/features/simple-api/routes.ts
var simpleApiRoutes = new Hono4().get("/simple", (c) => moved(c, "/simple/")).get("/simple/", (c) => indexPage(c, "")).get("/simple/:name", (c) => projectPage(c, c.req.param("name"))).get("/simple/:name/", (c) => projectPage(c, c.req.param("name")));
function projectPage(c, text) {
  const name = parseProjectName(text);
  if (!name) return missing(c);
  const path = `/simple/${normalize(name)}/`;
  return c.req.path === path ? indexPage(c, normalize(name)) : moved(c, path);
}
async function indexPage(c, name) {
  const { app: app2 } = c.var;
  const format = c.req.query("format");
  const type = format === void 0 ? negotiate(c.req.header("accept") ?? "") : typeOfFormat(format);
  if (!type) return plain(c, 406, `This index has ${Object.values(simpleTypes).join(", ")}.`);
  await app2.index.refresh(app2.db, app2.clock());
  const page2 = app2.index.get(name, type) ?? await app2.index.load(app2.db, name, type);
  if (!page2) return missing(c);
  const { status, headers: headers2, body } = answerFrom(page2, acceptsGzip(c.req.header("accept-encoding") ?? ""), c.req.header("if-none-match"));
  return new Response(body, { status, headers: headers2 });
}
function moved(c, path) {
  c.header("vary", "Accept");
  c.header("access-control-allow-origin", "*");
  return c.redirect(path + new URL(c.req.url).search, 301);
}
var missing = (c) => plain(c, 404, "404 Not Found");
var plain = (c, status, text) => c.text(`${text}
`, status, { vary: "Accept", "access-control-allow-origin": "*" });

// src/features/downloads/routes.ts
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono as Hono5 } from "hono";

// src/files/files.ts
import { createHash as createHash3 } from "node:crypto";
function parseContentKey(text) {
  return /^[0-9a-f]{64}$/.test(text) ? text : void 0;
}
var contentKeyOf = (bytes) => createHash3("sha256").update(bytes).digest("hex");

// src/lib/byte-range.ts
function parseRange(header, size) {
  const [, first, last] = /^bytes=[ \t]*([0-9]{0,15})-([0-9]{0,15})[ \t]*$/i.exec(header) ?? [];
  if (first === void 0 || last === void 0 || first === "" && last === "") return void 0;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return void 0;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  return start < end ? { start, end } : "unsatisfiable";
}

// src/features/downloads/queries.ts
var findFile = (db2, filename, sha2562) => db2.selectFrom("files").select(["sha256", "size", "metadata_sha256", "metadata_size", "created_at"]).where("filename", "=", filename).where("sha256", "=", sha2562).executeTakeFirst();

// src/features/downloads/downloads.ts
async function findDownload(db2, filename, sha2562) {
  if (!parseContentKey(sha2562) || filename.includes("\0")) return void 0;
  const file = await findFile(db2, filename.replace(/\.metadata$/, ""), sha2562);
  if (!file) return void 0;
  const { size, metadata_sha256, metadata_size, created_at } = file;
  const [hash, length] = filename.endsWith(".metadata") ? [metadata_sha256, metadata_size] : [file.sha256, size];
  const key = hash === null ? void 0 : parseContentKey(hash);
  return key && length !== null ? { key, size: length, created_at } : void 0;
}
function replyTo(wish, { key, size, created_at }, config2) {
  const etag = `"${key}"`;
  const lastModified = new Date(created_at).toUTCString();
  const headers2 = { ...headersOf2(config2), etag, "last-modified": lastModified };
  if (hasCopy(wish, etag, created_at)) return { status: 304, headers: headers2, bytes: void 0 };
  const part = wish.range === void 0 || !isSame(wish.ifRange ?? etag, etag, lastModified) ? void 0 : parseRange(wish.range, size);
  if (part === void 0) return { status: 200, headers: { ...headers2, "content-length": String(size) }, bytes: { start: 0, end: size } };
  if (part === "unsatisfiable") return { status: 416, headers: { ...headers2, "content-range": `bytes */${size}` }, bytes: void 0 };
  const contentRange = `bytes ${part.start}-${part.end - 1}/${size}`;
  return {
    status: 206,
    headers: { ...headers2, "content-length": String(part.end - part.start), "content-range": contentRange },
    bytes: part
  };
}
function hasCopy({ ifNoneMatch, ifModifiedSince }, etag, created_at) {
  if (ifNoneMatch !== void 0) return isKnown(ifNoneMatch, etag);
  return ifModifiedSince !== void 0 && isUnmodified(ifModifiedSince, created_at);
}
var headersOf2 = (config2) => ({
  ...standardHeaders(config2),
  "content-security-policy": sandboxPolicy,
  "cross-origin-resource-policy": "cross-origin",
  "access-control-allow-origin": "*",
  "content-type": "application/octet-stream",
  "content-disposition": "attachment",
  "accept-ranges": "bytes",
  "cache-control": "public, max-age=31536000, immutable"
});

// src/features/downloads/send.ts
var pieceSize = 256 * 1024;
var patience = 6e4;
var spare = [];
async function sendBytes(response, content, { start, end }) {
  response.setTimeout(patience);
  let [piece, other] = [takePiece(), takePiece()];
  let sent = Promise.resolve(true);
  try {
    for (let at = start; at < end; ) {
      const { bytesRead } = await content.read(piece, Math.min(pieceSize, end - at), at);
      if (bytesRead === 0) throw new Error("A stored file is shorter than its row says.");
      if (!await sent) return;
      sent = write(response, piece.subarray(0, bytesRead));
      at += bytesRead;
      [piece, other] = [other, piece];
    }
    if (await sent) response.end();
  } finally {
    await sent;
    for (const free of [piece, other]) if (spare.length < 32) spare.push(free);
  }
}
var takePiece = () => spare.pop() ?? Buffer.allocUnsafeSlow(pieceSize);
var write = (response, piece) => new Promise((done) => response.write(piece, (error) => done(!error)));

// src/features/downloads/routes.ts
var downloadRoutes = new Hono5().get("/packages/:a/:b/:rest/:filename", async (c) => {
  const { a, b, rest, filename } = c.req.param();
  const download = a.length === 2 && b.length === 2 ? await findDownload(c.var.app.db, filename, a + b + rest) : void 0;
  if (!download) return c.text("404 Not Found\n", 404);
  const wish = {
    range: c.req.header("range"),
    ifRange: c.req.header("if-range"),
    ifNoneMatch: c.req.header("if-none-match"),
    ifModifiedSince: c.req.header("if-modified-since")
  };
  return send(c, download, replyTo(wish, download, c.var.app.config));
});
async function send(c, { key }, { status, headers: headers2, bytes }) {
  if (!bytes || c.req.method === "HEAD") return new Response(null, { status, headers: headers2 });
  const { outgoing } = c.env;
  const content = await c.var.app.files.get(key);
  if (!outgoing || !content)
    throw new Error(outgoing ? `The file ${key} has a row but no bytes.` : "Files are sent over a connection only.");
  try {
    outgoing.writeHead(status, headers2);
    await sendBytes(outgoing, content, bytes);
  } catch (error) {
    outgoing.destroy();
    throw error;
  } finally {
    await content.close();
  }
  return RESPONSE_ALREADY_SENT;
}

// src/features/health/routes.ts
import { Hono as Hono6 } from "hono";

// src/features/health/health.ts
import { unlink, writeFile } from "node:fs/promises";
import { setTimeout as setTimeout3 } from "node:timers/promises";

// src/features/health/queries.ts
var findAnything = (db2) => db2.selectFrom("index_state").select("id").executeTakeFirstOrThrow();

// src/features/health/health.ts
async function readiness({ db: db2, files: files2 }) {
  const [database, stored] = await Promise.all([succeeds(findAnything(db2)), succeeds(writeAway(files2.temporary()))]);
  return { database, files: stored };
}
async function writeAway(path) {
  await writeFile(path, "ready?");
  await unlink(path);
}
var succeeds = (act) => Promise.race([
  act.then(
    () => true,
    () => false
  ),
  setTimeout3(seconds(2), false, { ref: false })
]);

// src/features/health/routes.ts
var healthRoutes = new Hono6().get("/_health/", (c) => c.json({ status: "ok" })).get("/_health/ready", async (c) => {
  const ready = await readiness(c.var.app);
  return ready.database && ready.files ? c.json({ status: "ok", ...ready }) : c.json({ status: "not ready", ...ready }, 503);
});

// src/files/disk.ts
import { randomUUID } from "node:crypto";
import { mkdir as mkdir2, open as open2, readdir as readdir2, rename, rm, stat, unlink as unlink2, utimes } from "node:fs/promises";
import { join as join3 } from "node:path";

// src/files/make-folder.ts
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
async function makeFolder(path, mode = 511) {
  const first = await mkdir(path, { recursive: true, mode });
  if (first === void 0) return;
  for (let at = path; at.length >= first.length; at = dirname(at)) await syncPath(dirname(at));
}
async function syncPath(path) {
  await using handle = await open(path, "r");
  await handle.sync();
}

// src/files/disk.ts
async function openDiskFiles(folder3, clock) {
  const tmp = join3(folder3, "tmp", String(process.pid));
  const pathOf = (key) => join3(folder3, "blobs", key.slice(0, 2), key);
  await removeLeftovers(join3(folder3, "tmp"));
  await makeShelves(join3(folder3, "blobs"));
  await mkdir2(tmp, { recursive: true });
  return {
    temporary: () => join3(tmp, randomUUID()),
    put: (key, path) => put(path, pathOf(key), clock),
    async get(key) {
      const handle = await found(open2(pathOf(key), "r"));
      return handle && {
        size: (await handle.stat()).size,
        read: (buffer, length, position) => handle.read(buffer, 0, length, position),
        close: () => handle.close()
      };
    },
    async head(key) {
      const stats = await found(stat(pathOf(key)));
      return stats && { size: stats.size, touched_at: stats.mtimeMs };
    },
    delete: async (key) => void await found(unlink2(pathOf(key))),
    list: () => list(join3(folder3, "blobs")),
    close: () => rm(tmp, { recursive: true, force: true })
  };
}
async function removeLeftovers(folder3) {
  for (const pid of await found(readdir2(folder3)) ?? []) {
    if (Number(pid) === process.pid || !isRunning(Number(pid))) await rm(join3(folder3, pid), { recursive: true, force: true });
  }
}
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
var shelves = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));
async function makeShelves(blobs) {
  await makeFolder(blobs);
  for (const shelf of shelves) await mkdir2(join3(blobs, shelf), { recursive: true });
  await syncPath(blobs);
}
async function put(path, target, clock) {
  if (await touched(target, clock)) return unlink2(path);
  await syncPath(path);
  await rename(path, target);
  await syncPath(join3(target, ".."));
}
async function touched(target, clock) {
  const now = new Date(clock());
  const known = await found(utimes(target, now, now).then(() => true));
  if (known) await syncPath(join3(target, ".."));
  return known ?? false;
}
async function* list(blobs) {
  for (const shelf of shelves) {
    for (const name of await readdir2(join3(blobs, shelf))) {
      const key = parseContentKey(name);
      if (key) yield key;
    }
  }
}
var found = (act) => act.catch((error) => {
  if (error.code === "ENOENT") return void 0;
  throw error;
});

// src/http/server.ts
import { once } from "node:events";
import { readFileSync as readFileSync2 } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
var grace = 3e4;
async function serve(app2, routes, shortCut2) {
  const listener = listenerOf(app2, routes, shortCut2);
  const servers = app2.config.listen.map(() => newServer(app2, listener));
  await Promise.all(servers.map((server, n) => listen(server, app2.config.listen[n])));
  return { addresses: servers.map(addressOf), close: async () => void await Promise.all(servers.map(close)) };
}
function listenerOf(app2, routes, shortCut2) {
  const slowWay = getRequestListener(routes.fetch, { overrideGlobalObjects: false });
  const ids = requestIds();
  return (request, response) => {
    const { method, url: path = "" } = request;
    if (shortCut2(request, response)) return app2.log({ level: "info", message: "Request", method, path, status: response.statusCode, ms: 0 });
    const start = performance.now();
    const request_id = ids();
    response.setHeader("x-request-id", request_id);
    response.once("close", () => noteSlow(app2, request, response, request_id, start));
    return slowWay(request, response);
  };
}
function noteSlow(app2, { method, url = "" }, { statusCode }, request_id, start) {
  const [path = ""] = url.split("?");
  const ms = Math.round((performance.now() - start) * 10) / 10;
  app2.log({ level: "info", message: "Request", method, path: path.slice(0, 500), status: statusCode, ms, request_id });
}
function requestIds() {
  const process2 = crypto.randomUUID().slice(0, 8);
  let count = 0;
  return () => `${process2}-${(++count).toString(36)}`;
}
function newServer({ config: config2 }, listener) {
  const options = { headersTimeout: 15e3, requestTimeout: 15 * 6e4, keepAliveTimeout: 5e3, connectionsCheckingInterval: 5e3 };
  if (!config2.tls_cert || !config2.tls_key) return createServer(options, listener);
  return createSecureServer({ ...options, cert: readFileSync2(config2.tls_cert), key: readFileSync2(config2.tls_key) }, listener);
}
async function listen(server, at) {
  server.listen(at);
  await once(server, "listening");
}
function addressOf(server) {
  const { address, port: port2, family } = server.address();
  return `${family === "IPv6" ? `[${address}]` : address}:${port2}`;
}
async function close(server) {
  const late = setTimeout(() => server.closeAllConnections(), grace);
  await new Promise((done) => server.close(done));
  clearTimeout(late);
}

// src/errors.ts
var catalogue = {
  // who asks, and how
  not_logged_in: { status: 403, message: "Log in first." },
  address_unverified: { status: 403, message: "Your account has no verified e-mail address yet. Open the link in the mail we sent you." },
  second_factor_missing: { status: 403, message: "Your account has no second factor yet. Set one up on the page Second factors." },
  session_restricted: { status: 403, message: "You logged in with a recovery code. Set up a second factor, then go on." },
  recovery_codes_missing: { status: 403, message: "Save your recovery codes first, then add a second factor." },
  csrf_failed: { status: 403, message: "This form has become too old, or another site sent it. Load the page again." },
  step_up_required: { status: 403, message: "Confirm first that it is you." },
  kept_form_gone: { status: 400, message: "That took more than ten minutes. Fill in the form again." },
  not_found: { status: 404, message: "There is nothing at this address." },
  method_not_allowed: { status: 405, message: "This address doesn\u2019t take that kind of request." },
  wrong_host: { status: 421, message: "This index has another address. Use the one in its pages." },
  body_too_large: { status: 413, message: "This form takes at most 64 KiB." },
  body_too_slow: { status: 408, message: "The form arrived too slowly. Send it again." },
  form_unreadable: { status: 400, message: "This form can\u2019t be read: it names a field twice, or isn\u2019t UTF-8. Send it from the page." },
  form_type: { status: 415, message: "This form takes application/x-www-form-urlencoded. Send it from the page." },
  too_many: { status: 429, message: "Too many tries. Wait a little, then try again." },
  busy: { status: 503, message: "The index is busy just now. Nothing was changed. Try again in a few seconds." },
  storage_full: {
    status: 507,
    message: "The index has no room left. Nothing was stored. Try again later; its operators see it in the log."
  },
  read_only: { status: 503, message: "This index is read-only just now. Nothing was changed. Try again later." },
  // accounts and addresses
  registration_closed: { status: 403, message: "This index takes no new accounts just now." },
  username_refused: {
    status: 400,
    message: "A user name has 2 to 50 letters, digits, dots, dashes or underscores, and begins and ends with a letter or digit."
  },
  username_taken: { status: 409, message: "Choose another user name: this one is taken." },
  full_name_refused: { status: 400, message: "A full name has at most 100 characters on one line, and no address of a site." },
  email_refused: { status: 400, message: "This isn\u2019t one e-mail address. Type it as name@example.org." },
  email_verified_already: { status: 409, message: "This address is verified already." },
  email_not_replaceable: { status: 409, message: "Only an address that isn\u2019t verified yet can be replaced here." },
  email_taken: { status: 409, message: "Another account has verified this address meanwhile. Log in and give yours another address." },
  link_expired: { status: 400, message: "This link is used up or too old. Ask for a new one." },
  // passwords and log-in
  password_short: { status: 400, message: "Use at least 12 characters. Four unrelated words make a good password." },
  password_long: { status: 400, message: "Use at most 4096 bytes." },
  password_guessable: { status: 400, message: "This password is guessed at once. Four unrelated words make a good one." },
  password_mismatch: { status: 400, message: "The two passwords differ. Type the same one twice." },
  password_same: { status: 400, message: "This is your password already. Choose a new one." },
  password_wrong: { status: 403, message: "That is not your current password." },
  login_failed: { status: 403, message: "User name and password don\u2019t fit together. Check both; capitals in the password matter." },
  login_expired: { status: 403, message: "That took more than ten minutes. Log in again." },
  // second factors
  totp_wrong: { status: 400, message: "That code doesn\u2019t fit. Wait for the next one; if it fails again, check the clock of your phone." },
  totp_exists: { status: 409, message: "You have an authenticator app already. Remove it first, then set up another one." },
  totp_missing: { status: 404, message: "You have no authenticator app." },
  totp_disabled: {
    status: 403,
    message: "Your authenticator app was switched off after 100 wrong codes. Use a security key or a recovery code."
  },
  totp_expired: { status: 400, message: "That took more than ten minutes. Here is a new code to scan." },
  factor_too_weak: { status: 403, message: "Use your security key: an app\u2019s code can be phished, so it doesn\u2019t stand in for a key." },
  challenge_expired: { status: 400, message: "That took more than five minutes, or was sent twice. Start again." },
  security_key_rejected: {
    status: 400,
    message: "The answer of this key doesn\u2019t fit this page. Start again, with another key or browser if it stays so."
  },
  security_key_exists: { status: 409, message: "This key is registered already." },
  security_key_not_found: { status: 404, message: "You have no such security key." },
  label_refused: { status: 400, message: "A name has 1 to 64 characters on one line." },
  label_taken: { status: 409, message: "You have a key of that name. Choose another one." },
  last_factor: { status: 409, message: "This is your last second factor. Add another one, then remove this one." },
  recovery_codes_exist: { status: 409, message: "You have recovery codes already. Make new ones if they are lost: the old ones end." },
  recovery_code_wrong: {
    status: 400,
    message: "That is none of your unused recovery codes. Check each group; a code has 25 letters and digits."
  },
  // uploads: credentials, then the file
  no_token: {
    status: 401,
    message: "Uploads need an API token: user name __token__, password the token. Make one on the page API tokens."
  },
  password_cannot_upload: {
    status: 403,
    message: "User name and password no longer upload. Use the user name __token__ and an API token as the password."
  },
  token_invalid: {
    status: 403,
    message: "This API token is none of ours, was revoked, or has ended. Make a new one on the page API tokens."
  },
  token_forbids: { status: 403, message: "This API token doesn\u2019t allow that." },
  upload_forbidden: { status: 403, message: "You aren\u2019t allowed to upload to this project. One of its owners can add you." },
  upload_unreadable: { status: 400, message: "The upload can\u2019t be read. Send it as multipart/form-data, complete." },
  upload_type: { status: 415, message: "Uploads are multipart/form-data." },
  upload_slow: { status: 408, message: "The upload arrived too slowly. Send it again." },
  upload_gone: { status: 410, message: "This kind of upload doesn\u2019t exist any more. Upload files with :action=file_upload." },
  file_too_large: { status: 413, message: "The file is larger than this index takes." },
  file_refused: { status: 400, message: "This file can\u2019t be published." },
  // API tokens
  token_description_refused: { status: 400, message: "A name has 1 to 64 characters on one line." },
  token_description_taken: { status: 409, message: "You have a token of that name. Choose another one." },
  token_scope_refused: { status: 400, message: "Choose what the token may upload to: one of your projects, or all of them." },
  token_expiry_refused: { status: 400, message: "A token lives 1 to 90 days." },
  token_not_found: { status: 404, message: "You have no such token." }
};
var AppError = class extends Error {
  name = "AppError";
  code;
  status;
  retryAfter;
  problems;
  constructor(code, { retryAfter, problems: problems2 = [] } = {}) {
    super(problems2[0]?.text ?? catalogue[code].message);
    this.code = code;
    this.status = catalogue[code].status;
    this.retryAfter = retryAfter;
    this.problems = problems2;
  }
};
function refuse(code, details) {
  throw new AppError(code, details);
}
var refusals = Object.entries(catalogue).map(([rule, { message }]) => ({ rule, text: message }));

// src/lib/ip.ts
import { BlockList, isIP as isIP3 } from "node:net";
function parseIp(text) {
  const family = isIP3(text);
  if (family === 0) return void 0;
  return family === 4 ? text : unmapped(shortened(text));
}
function parseNetworks(texts) {
  const networks = { v4: new BlockList(), v6: new BlockList() };
  return texts.every((text) => add(networks, text)) ? networks : void 0;
}
var isIn = ({ v4, v6 }, ip) => isIP3(ip) === 4 ? v4.check(ip) : v6.check(ip, "ipv6");
var shortened = (text) => new URL(`http://[${text.split("%")[0]}]`).hostname.slice(1, -1);
function unmapped(text) {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  if (!high || !low) return text;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join(".");
}
function add({ v4, v6 }, text) {
  const [, typed = "", bits] = /^([0-9A-Fa-f.:]{2,45})(?:\/([0-9]{1,3}))?$/.exec(text) ?? [];
  const ip = parseIp(typed);
  const most = isIP3(typed) === 6 ? 128 : 32;
  const length = bits === void 0 ? most : Number(bits);
  if (!ip || length > most) return false;
  const isMapped = most === 128 && isIP3(ip) === 4;
  if (most === 32) v4.addSubnet(ip, length);
  else if (isMapped && length >= 96) v4.addSubnet(ip, length - 96);
  else v6.addSubnet(typed, length, "ipv6");
  return true;
}

// src/lib/client-address.ts
function clientAddress(remote, forwardedFor, trustedProxies) {
  let address = parseIp(remote);
  if (!address) throw new Error(`a socket with the address ${remote}`);
  const trusted = trustedProxies.length > 0 ? parseNetworks(trustedProxies) : void 0;
  const hops = forwardedFor?.split(",") ?? [];
  while (trusted && isIn(trusted, address)) {
    const hop = parseHop(hops.pop()?.trim() ?? "");
    if (!hop) return address;
    address = hop;
  }
  return address;
}
function parseHop(text) {
  const [, v6, v4] = /^(?:\[([^\]]{2,64})\](?::[0-9]{1,5})?|([0-9.]{7,15}):[0-9]{1,5})$/.exec(text) ?? [];
  return parseIp(v6 ?? v4 ?? text);
}

// src/http/edge.ts
var forMachines = /^\/(simple|packages|legacy|_health)(\/|$)/;
async function oneHost(c, next) {
  const { site_url, files_url } = c.var.app.config;
  const url = new URL(c.req.url);
  const asked = c.req.header("host") ?? url.host;
  if (asked.toLowerCase() === new URL(site_url).host) return next();
  if (url.pathname.startsWith("/packages/") && asked.toLowerCase() === new URL(files_url).host) return next();
  if (forMachines.test(url.pathname) && isLoopbackHost(asked.replace(/:[0-9]*$/, ""))) return next();
  if (c.req.method !== "GET" && c.req.method !== "HEAD") refuse("wrong_host");
  return c.redirect(`${site_url}${url.pathname}${url.search}`, 308);
}
async function knowClient(c, next) {
  const remote = c.env?.incoming?.socket.remoteAddress;
  const ip = remote === void 0 ? null : clientAddress(remote, c.req.header("x-forwarded-for"), c.var.app.config.trusted_proxies);
  const user_agent = c.req.header("user-agent")?.slice(0, 256) ?? null;
  c.set("actor", { user_id: null, session_id: null, token_id: null, ip, user_agent, at: c.var.app.clock() });
  await next();
}

// src/log.ts
import { writeSync } from "node:fs";
function openLog(fd, clock) {
  let waiting = [];
  const flush = () => {
    const lines = waiting;
    waiting = [];
    if (lines.length > 0) write2(fd, textOf(lines));
  };
  const log2 = (line) => {
    if (waiting.length === 0) setTimeout(flush, 50).unref();
    waiting.push({ at: clock(), line });
    if (line.level !== "info" || waiting.length === 500) flush();
  };
  return { log: log2, flush };
}
function textOf(lines) {
  let text = "";
  let spelled2 = { at: Number.NaN, time: "" };
  for (const { at, line } of lines) {
    if (at !== spelled2.at) spelled2 = { at, time: new Date(at).toISOString() };
    text += `{"time":"${spelled2.time}",${JSON.stringify(line).slice(1)}
`;
  }
  return text;
}
function write2(fd, text) {
  try {
    writeSync(fd, text);
  } catch {
  }
}

// src/testing/projects.ts
import { createHash as createHash4 } from "node:crypto";
import { writeFile as writeFile2 } from "node:fs/promises";

// src/lib/uuid.ts
import { randomBytes } from "node:crypto";
function uuidv7(at) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8(112 | bytes.readUInt8(6) & 15, 6);
  bytes.writeUInt8(128 | bytes.readUInt8(8) & 63, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// src/testing/projects.ts
async function addFile(app2, options = {}) {
  const { project = "demo", version = "1.0", bytes = Buffer.from("not really a wheel"), metadata, requires_python = null, yanked } = options;
  const name = normalize(parseProjectName(project) ?? fail(project));
  const filename = options.filename ?? `${name.replaceAll("-", "_")}-${version}-py3-none-any.whl`;
  const sha2562 = await store(app2, bytes);
  const sidecar = metadata === void 0 ? void 0 : Buffer.from(metadata);
  const metadata_sha256 = sidecar ? await store(app2, sidecar) : null;
  const at = app2.clock();
  await transaction(app2.db, async (db2) => {
    const project_id = await touchProject(db2, project, name, at);
    const file = {
      id: uuidv7(at),
      project_id,
      release_id: await touchRelease(db2, project_id, version, at),
      filename,
      slot: filename,
      kind: filename.endsWith(".whl") ? "bdist_wheel" : "sdist",
      size: bytes.length,
      sha256: sha2562,
      blake2_256: createHash4("blake2b512").update(bytes).digest("hex").slice(0, 64),
      md5: createHash4("md5").update(bytes).digest("hex"),
      metadata_sha256,
      metadata_size: sidecar?.length ?? null,
      requires_python,
      yanked_at: yanked ? at : null,
      yanked_reason: typeof yanked === "string" ? yanked : null,
      uploaded_by: null,
      created_at: at
    };
    await db2.insertInto("files").values(file).execute();
  });
  app2.index.forget(name);
  const url = fileUrl(app2.config.files_url, { sha256: sha2562, filename });
  return { filename, sha256: sha2562, url, path: url.slice(app2.config.site_url.length), created_at: at };
}
async function store(app2, bytes) {
  const [key, path] = [contentKeyOf(bytes), app2.files.temporary()];
  await writeFile2(path, bytes);
  await app2.files.put(key, path);
  return key;
}
async function touchProject(db2, project, name, at) {
  const { serial } = await db2.updateTable("index_state").set((row2) => ({ serial: row2("serial", "+", 1) })).returning("serial").executeTakeFirstOrThrow();
  const row = {
    id: uuidv7(at),
    name: project,
    normalized_name: name,
    lookalike_key: lookalikeKey(name),
    last_serial: serial,
    created_at: at
  };
  const known = db2.insertInto("projects").values(row).onConflict((on) => on.column("normalized_name").doUpdateSet({ last_serial: serial }));
  return (await known.returning("id").executeTakeFirstOrThrow()).id;
}
async function touchRelease(db2, project_id, text, at) {
  const version = parseVersion(text) ?? fail(text);
  const row = {
    id: uuidv7(at),
    project_id,
    version: versionText(version),
    version_key: versionKey(version),
    metadata: "{}",
    description_html: "",
    created_at: at
  };
  const known = db2.insertInto("releases").values(row).onConflict((on) => on.columns(["project_id", "version_key"]).doUpdateSet({ created_at: at }));
  return (await known.returning("id").executeTakeFirstOrThrow()).id;
}
function fail(text) {
  throw new Error(`A test asks for ${text}`);
}

// .mini-scratch.ts
import { openSync } from "node:fs";
import { createServer as createServer2 } from "node:http";
var port = process.argv[2] ?? "8455";
var folder2 = mkdtempSync("/tmp/exp/data-");
var { config, problems } = readConfig({ DATA_DIR: folder2, SITE_URL: `http://localhost:${port}`, LISTEN: `127.0.0.1:${port}` }, {});
if (!config) throw new Error(problems.join());
var db = openDatabase(config.database_url);
await migrate(db, Date.now());
var files = await openDiskFiles(`${folder2}/files`, Date.now);
var { log } = openLog(openSync(`${folder2}/log`, "w"), Date.now);
var app = { config, db, files, clock: Date.now, log, index: openIndexPages(config) };
var web = new Hono3().use((c, next) => {
  c.set("app", app);
  return next();
}).use(securityHeaders, knowClient, oneHost).onError((e, c) => {
  console.log(e);
  return c.text("error " + e.message, 500);
}).route("/", simpleApiRoutes).route("/", downloadRoutes).route("/", healthRoutes);
await addFile(app, { project: "Demo.Pkg", version: "1!1.0", metadata: "Metadata-Version: 2.1\n", requires_python: ">=3.9,<4", yanked: 'bad "pin"' });
await addFile(app, { project: "Demo.Pkg", version: "1.0rc1", filename: "demo_pkg-1.0rc1.tar.gz" });
var { randomBytes: randomBytes2 } = await import("node:crypto");
console.log((await addFile(app, { project: "mb", bytes: randomBytes2(1048576) })).path);
console.log((await addFile(app, { project: "big", bytes: randomBytes2(104857600) })).path);
for (let n = 0; n < 210; n++) await addFile(app, { project: "large", version: `1.${n}`, filename: `large-1.${n}-py3-none-any.whl`, bytes: Buffer.from(`x${n}`), metadata: `y${n}`, requires_python: ">=3.9" });
var s = await serve(app, web, shortCut(app));
console.log(s.addresses, process.pid);
var opts = { headersTimeout: 15e3, requestTimeout: 15 * 6e4, keepAliveTimeout: 5e3, connectionsCheckingInterval: 5e3 };
var extra = JSON.parse((await import("node:fs")).readFileSync("/tmp/exp/headers.json", "utf8"));
var h304 = ["etag", '"T7nNogYYZZqPVQPh40pd9t"', ...extra];
createServer2(opts, (q, r) => {
  if (q.headers["if-none-match"] !== void 0) r.writeHead(304, h304).end();
}).listen(8471, "127.0.0.1");
var cut = shortCut(app);
createServer2(opts, (q, r) => {
  q.headers.host = "localhost:8455";
  if (!cut(q, r)) {
    void app.index.refresh(db, Date.now());
    r.writeHead(304, h304).end();
  }
}).listen(8472, "127.0.0.1");
