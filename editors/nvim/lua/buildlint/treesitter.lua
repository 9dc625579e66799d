-- Highlights BUILD files with tree-sitter, where there is a parser of Python: the queries of the language `buildfile` are
-- in queries/buildfile. A parser of Starlark would not know the imports, classes and f-strings of Pants and Please.
local M = {}

-- 0.9 is the first that takes a parser under another name.
local able = vim.fn.has('nvim-0.9') == 1

local function is_build_file(bufnr)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':t')
  return name == 'BUCK' or name == 'TARGETS' or name == 'BUILD' or name:find('^BUILD%.') ~= nil
end

--- Makes the parser of Python that of BUILD files, too. It reports whether there is one.
local function add_language()
  local parser = vim.api.nvim_get_runtime_file('parser/python.*', false)[1]
  if not parser then
    return false
  end
  local ok, added = pcall(vim.treesitter.language.add, 'buildfile', { path = parser, symbol_name = 'python' })
  return ok and added ~= false
end

--- Highlights BUILD files that are open, and those that will be.
function M.enable(filetypes)
  if not able or not add_language() then
    return
  end
  local function start(bufnr)
    if is_build_file(bufnr) then
      vim.treesitter.start(bufnr, 'buildfile')
    end
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('buildlint.treesitter', {}),
    pattern = filetypes,
    callback = function(args)
      start(args.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(filetypes, vim.bo[bufnr].filetype) then
      start(bufnr)
    end
  end
end

return M
