local t = require('harness')

local files = {
  'src/test/python/org/shop/cart/BUILD',
  'src/test/python/org/shop/fakes/BUILD',
  'src/test/python/org/shop/order/BUILD',
}

local function count(file, text)
  return select(2, t.read(file):gsub(vim.pesc(text), ''))
end

return {
  'a rename changes three files', function()
    t.setup()
    t.open(files[1])
    t.at("'src/test/python/org/shop/fakes'", #"'src/test/python/org/shop/f")
    vim.lsp.buf.rename('doubles')
    t.eventually('three changed buffers', function()
      local changed = 0
      for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
        changed = changed + (vim.bo[bufnr].modified and 1 or 0)
      end
      return changed == 3
    end)
    vim.cmd('wall')
    t.equal('the target', 1, count(files[2], "name = 'doubles'"))
    for _, file in ipairs({ files[1], files[3] }) do
      t.equal(file, 1, count(file, "'src/test/python/org/shop/fakes:doubles'"))
      t.equal(file, 0, count(file, "'src/test/python/org/shop/fakes'"))
    end
  end,

  'nothing refers to the old name', function()
    for _, file in ipairs(files) do
      t.open(file)
      t.wait_for_findings({})
    end
  end,

  'a name that is taken is refused', function()
    t.open('src/main/python/org/shop/cart/BUILD')
    t.at("name = '_cart'", #"name = '_c")
    local before = vim.api.nvim_buf_get_changedtick(0)
    vim.lsp.buf.rename('shop-cart')
    t.eventually('the refusal', function()
      return (t.messages() .. vim.fn.execute('messages')):find('already a target `shop-cart`', 1, true)
    end)
    t.equal('the buffer is as it was', before, vim.api.nvim_buf_get_changedtick(0))
  end,
}
