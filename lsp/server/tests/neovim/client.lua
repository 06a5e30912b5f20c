-- Drives the language server from a real Neovim, headless: opens a page, and writes what the editor knows into a file as JSON.
--   nvim --headless -u NONE -l client.lua SERVER ROOT OUTPUT

local server, root, output = _G.arg[1], _G.arg[2], _G.arg[3]
local result = { log = {} }

local function finish(failure)
  result.failure = failure
  local file = assert(io.open(output, 'w'))
  file:write(vim.json.encode(result))
  file:close()
  vim.cmd('qall!')
end

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then
    error(what .. ' did not come')
  end
end

local function place(buffer, text, inside)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 + (inside or 0) })
      return
    end
  end
  error('there is no ' .. text)
end

local function request(client, method, extra)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  for key, value in pairs(extra or {}) do
    params[key] = value
  end
  local answer, failure = client:request_sync(method, params, 30000, 0)
  if not answer then
    error(method .. ': ' .. tostring(failure))
  end
  if answer.err then
    error(method .. ': ' .. vim.inspect(answer.err))
  end
  return answer.result
end

local function run()
  vim.filetype.add({ extension = { velox = 'velox' } })
  vim.cmd.edit(root .. '/routes/index.velox')
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start({ name = 'velox', cmd = { server, '--stdio' }, root_dir = root })
  local client = assert(vim.lsp.get_client_by_id(id))
  wait('the start', function() return client.initialized end)
  result.encoding = client.offset_encoding

  -- Diagnostics: a name that is not in scope.
  wait('a diagnostic', function() return #vim.diagnostic.get(buffer) > 0 end)
  result.diagnostics = vim.tbl_map(function(found)
    return { code = found.code, line = found.lnum, column = found.col, severity = found.severity }
  end, vim.diagnostic.get(buffer))

  -- An edit takes it away.
  place(buffer, 'missing')
  vim.cmd('normal! cwtitle')
  wait('the diagnostic to go', function() return #vim.diagnostic.get(buffer) == 0 end)

  -- Completion of a name of the server block, in the template.
  place(buffer, '{title}', 3)
  local list = request(client, 'textDocument/completion')
  result.completion = vim.tbl_map(function(item) return item.label end, list.items or list)

  -- Hover of an element.
  place(buffer, '<h1>', 2)
  local hover = request(client, 'textDocument/hover')
  result.hover = hover and hover.contents.value or vim.NIL

  -- Rename from the template into the server block.
  place(buffer, '{title}', 2)
  vim.lsp.buf.rename('heading', { bufnr = buffer })
  wait('the rename', function()
    return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'):find('const heading', 1, true) ~= nil
  end)
  result.renamed = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)

  -- Formatting.
  vim.lsp.buf.format({ bufnr = buffer, timeout_ms = 30000 })
  result.formatted = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)

  -- Semantic tokens, as the editor has them.
  vim.lsp.semantic_tokens.start(buffer, id)
  wait('semantic tokens', function()
    local found = {}
    for line = 0, vim.api.nvim_buf_line_count(buffer) - 1 do
      local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
      for column = 0, #text - 1 do
        for _, token in ipairs(vim.lsp.semantic_tokens.get_at_pos(buffer, line, column) or {}) do
          if token.start_col == column then
            table.insert(found, text:sub(token.start_col + 1, token.end_col) .. ' ' .. token.type)
          end
        end
      end
    end
    result.tokens = found
    -- Tokens of the text before the last edit are shown until those of the text after it are there.
    return vim.tbl_contains(found, 'heading variable')
  end)

  -- Inlay hints and code lenses.
  local hints = client:request_sync('textDocument/inlayHint', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = 99, character = 0 } },
  }, 30000, buffer)
  result.hints = vim.tbl_map(function(hint) return hint.label end, hints.result or {})
  local lenses = client:request_sync('textDocument/codeLens', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
  }, 30000, buffer)
  result.lenses = #(lenses.result or {})

  client:stop()
  wait('the end', function() return vim.lsp.get_client_by_id(id) == nil end)
end

local ok, failure = xpcall(run, debug.traceback)
finish(not ok and failure or nil)
