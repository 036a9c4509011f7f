"""Cut sets of order one and two at sizes where trying every candidate takes too long.

A structure becomes a :class:`~riskmap.analysis.scale.network.Network` of numbered vertices. Two
engines compute the same sets from it: :mod:`~riskmap.analysis.scale.dense` in Python's big
integers, :mod:`~riskmap.analysis.scale.sparse` in numpy, level by level. The first is quick where
sets are large or the network is small or deep, the second where there are very many small sets;
:mod:`~riskmap.analysis.scale.singles` chooses. numpy is imported only for a large network.
"""
