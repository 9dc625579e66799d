local t = require('harness')

--- The lines of the floating window.
local function float()
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(win).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\n')
    end
  end
end

local function here()
  return ('%s:%d'):format(vim.fn.expand('%:.'), vim.api.nvim_win_get_cursor(0)[1])
end

return {
  'definition leads to the target', function()
    t.setup()
    t.open('src/main/python/org/shop/order/BUILD')
    t.eventually('findings', function() return #t.findings() == 3 end)
    t.at("'src/main/python/org/shop/cart:_cart'", 10)
    vim.lsp.buf.definition()
    t.becomes('the place', 'src/main/python/org/shop/cart/BUILD:5', here)
  end,

  'references are found in every spelling', function()
    t.at("name = '_cart'", #"name = '_c")
    vim.lsp.buf.references()
    t.becomes('the places', {
      'src/main/python/org/shop/cart/BUILD:17',
      'src/main/python/org/shop/cart/BUILD:24',
      'src/main/python/org/shop/cart/BUILD:5',
      'src/main/python/org/shop/order/BUILD:9',
    }, t.quickfix)
    vim.cmd('cclose')
  end,

  'hover tells of the target', function()
    t.open('src/main/python/org/shop/order/BUILD')
    t.at("'src/main/python/org/shop/price'", 10)
    vim.lsp.buf.hover()
    local text = t.eventually('a window', float)
    t.equal('the kind', true, text:find("python_library(name = 'price')", 1, true) ~= nil)
    vim.cmd('only')
  end,

  'completion knows the addresses', function()
    t.open('src/test/python/org/shop/cart/BUILD')
    vim.api.nvim_buf_set_lines(0, 4, 4, false, { "    'src/main/python/org/shop/'," })
    t.at("'src/main/python/org/shop/'", #"'src/main/python/org/shop/'")
    local items = t.ask('textDocument/completion')
    local texts = vim.tbl_map(function(item)
      return item.textEdit and item.textEdit.newText or item.insertText or item.label
    end, items.items or items)
    table.sort(texts)
    t.equal('the addresses but that which is there', {
      'src/main/python/org/shop/menu',
      'src/main/python/org/shop/order',
      'src/main/python/org/shop/price',
    }, texts)
  end,

  'document symbols are the targets', function()
    t.open('src/main/python/org/shop/cart/BUILD')
    local names = vim.tbl_map(function(s) return s.name end,
      t.ask('textDocument/documentSymbol', { position = nil }))
    t.equal('names', { '_cart', 'shop-cart', 'cart' }, names)
  end,

  'workspace symbols are found', function()
    vim.lsp.buf.workspace_symbol('shopcart')
    t.eventually('the target', function()
      return vim.tbl_contains(t.quickfix(), 'src/main/python/org/shop/cart/BUILD:14')
    end)
    vim.cmd('cclose')
  end,
}
