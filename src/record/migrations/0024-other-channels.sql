-- The types by which a safety signal goes into the chart are its channels, in a reason as in the landing table. A detail is text and stays as
-- it was written but for this key: rows are counted together by it. No resource type is called "doors".
update ledger
   set reason_code = 'other-channels', reason_detail = replace(reason_detail, '"doors"', '"channels"')
 where reason_code = 'other-doors';
