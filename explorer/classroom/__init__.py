"""A class: pupils who show their drawings, and a teacher who sees them and asks.

`records` says what is shared, `board` and `redis_board` hold it, `classroom` keeps the pages of one
process and the board in step; `pupil` is the bar over a pupil's page, `teacher` the teacher's page.
"""
