local t = require('harness')

return {
  'a quick fix is applied', function()
    t.setup()
    t.open('src/main/python/org/shop/order/BUILD')
    t.eventually('findings', function() return #t.findings() == 3 end)
    t.at("'src/main/python/org/shop/cart:_cart'", 5)
    t.act('Depend on')
    t.becomes('the dependency', { "    'src/main/python/org/shop/cart'," }, function()
      return t.lines_with('org/shop/cart')
    end)
    t.eventually('one finding less', function() return #t.findings() == 2 end)
  end,

  'undo takes it back', function()
    vim.cmd('undo')
    t.eventually('the finding is there again', function() return #t.findings() == 3 end)
  end,

  'a finding is suppressed', function()
    t.at("'src/main/python/org/shop/menu:menu'", 5)
    t.act('Suppress redundant-target-name here')
    t.becomes('the comment', { '    # buildlint: disable=redundant-target-name -- reason' }, function()
      return t.lines_with('buildlint: disable')
    end)
    t.eventually('one finding less', function() return #t.findings() == 2 end)
  end,
}
